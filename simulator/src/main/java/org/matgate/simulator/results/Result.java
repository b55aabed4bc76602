package org.matgate.simulator.results;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.matgate.simulator.race.Runner.Status;

/**
 * What is published of somebody who was entered.
 *
 * @param splits one for each stop, where there is one
 * @param otherPassings that belong to no stop: crossed twice, turned back
 */
public record Result(
        Entrant entrant, GunTime gun, Status status, List<Optional<Passing>> splits, List<Passing> otherPassings) {
    /** Who is read no more than this before the gun is not blamed: a chip is often read a step before the line. */
    public static final long EARLY_NANOS = 2_000_000_000L;

    public Result {
        splits = List.copyOf(splits);
        otherPassings = List.copyOf(otherPassings);
    }

    /** Where the own way begins. */
    public Optional<Passing> start() {
        return entrant.starts() ? splits.getFirst() : Optional.empty();
    }

    /** Where it ends. */
    public Optional<Passing> finish() {
        return entrant.finishes() ? splits.getLast() : Optional.empty();
    }

    /** From the gun to the finish, nanoseconds. */
    public OptionalLong gunTimeNanos() {
        return finish().map(end -> OptionalLong.of(end.atNanos() - gun.atNanos()))
                .orElse(OptionalLong.empty());
    }

    /** From the own start to the finish, nanoseconds. */
    public OptionalLong chipTimeNanos() {
        return start().isPresent() && finish().isPresent()
                ? OptionalLong.of(finish().get().atNanos() - start().get().atNanos())
                : OptionalLong.empty();
    }

    /** Whether the start line was crossed well before the gun; of a relay its first runner only. */
    public boolean early() {
        return entrant.fromMetres() == 0
                && start().map(start -> start.atNanos() < gun.atNanos() - EARLY_NANOS)
                        .orElse(false);
    }
}
