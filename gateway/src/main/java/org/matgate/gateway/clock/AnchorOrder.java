package org.matgate.gateway.clock;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The crew's request to the service to take its word for the time, as words for the way there.
 *
 * @param boot the boot that is meant; empty: the present one, at the moment in which the service hears of it
 * @param monotonicNanos the moment on that boot's CLOCK_MONOTONIC; of no meaning without a boot
 * @param utcNanos when that was, nanoseconds since 1970
 * @param withinNanos how wrong that may be
 * @param force also against a clock that was synchronised, or known better
 * @param who says so, for a person
 */
public record AnchorOrder(
        Optional<UUID> boot, long monotonicNanos, long utcNanos, long withinNanos, boolean force, String who) {
    /** The request's verb. */
    public static final String VERB = "anchor";

    private static final String NOW = "now";
    private static final int WORDS = 6;

    /** The request's arguments. */
    public List<String> words() {
        return List.of(
                boot.map(UUID::toString).orElse(NOW),
                Long.toString(monotonicNanos),
                Long.toString(utcNanos),
                Long.toString(withinNanos),
                force ? "force" : "",
                who);
    }

    /** Empty if these are no such words. */
    public static Optional<AnchorOrder> parse(List<String> words) {
        if (words.size() != WORDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AnchorOrder(
                    words.get(0).equals(NOW) ? Optional.empty() : Optional.of(UUID.fromString(words.get(0))),
                    Long.parseLong(words.get(1)),
                    Long.parseLong(words.get(2)),
                    Long.parseLong(words.get(3)),
                    words.get(4).equals("force"),
                    words.get(5)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
