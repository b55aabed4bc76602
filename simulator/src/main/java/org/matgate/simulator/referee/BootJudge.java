package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.matgate.protocol.stream.Event.ClockSource;

/** Judges who vouches for the boots of boxes. Not thread-safe. */
final class BootJudge {
    /** Who could talk with the engine for so long without a break knows the time from it. */
    private static final long LONG_ENOUGH_NANOS = 15_000_000_000L;

    private final Evidence evidence;
    private final Map<UUID, Boolean> vouched;
    private final SequencedMap<UUID, Map<ClockSource, Integer>> reads = new LinkedHashMap<>();
    private final Map<UUID, Integer> unsynchronised = new HashMap<>();

    BootJudge(Evidence evidence, List<HeldRead> delivered) {
        this.evidence = evidence;
        this.vouched = vouched(evidence.times().boots(), delivered);
        for (HeldRead held : delivered) {
            HeldTime time = held.time();
            reads.computeIfAbsent(time.bootId(), boot -> new EnumMap<>(ClockSource.class));
            if (time.synchronised()) {
                reads.get(time.bootId()).merge(time.source(), 1, Integer::sum);
            } else {
                unsynchronised.merge(time.bootId(), 1, Integer::sum);
            }
        }
    }

    /** Of each boot whether anybody vouches for any of its time. */
    static Map<UUID, Boolean> vouched(List<BoxBoot> boots, List<HeldRead> delivered) {
        Map<UUID, Boolean> vouched = new HashMap<>();
        boots.forEach(boot -> vouched.merge(boot.bootId(), !boot.vouchers().isEmpty(), Boolean::logicalOr));
        delivered.forEach(
                held -> vouched.merge(held.time().bootId(), held.time().synchronised(), Boolean::logicalOr));
        return vouched;
    }

    /** Boots for which nobody vouches, although the engine could have. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (BoxBoot boot : evidence.times().boots()) {
            int count = unsynchronised.getOrDefault(boot.bootId(), 0);
            if (count > 0
                    && !vouched.getOrDefault(boot.bootId(), false)
                    && Presence.longest(evidence.happenings(), boot) >= LONG_ENOUGH_NANOS) {
                reasons.add(count + " reads of box " + boot.box() + " are unsynchronised, although it could have asked"
                        + " the engine for the time");
            }
        }
        return reasons;
    }

    /** For a person. */
    List<String> lines() {
        Map<UUID, BoxBoot> known = new HashMap<>();
        evidence.times().boots().forEach(boot -> known.put(boot.bootId(), boot));
        List<String> lines = new ArrayList<>();
        reads.forEach((boot, bySource) -> {
            if (!known.containsKey(boot)) {
                return;
            }
            StringBuilder line = new StringBuilder("boot " + boot.toString().substring(0, 8) + " of box "
                    + known.get(boot).box() + ": ");
            bySource.forEach((source, count) -> line.append(count)
                    .append(
                            source == ClockSource.NONE
                                    ? " reads by its own clock, "
                                    : " reads by " + source.name().toLowerCase(Locale.ROOT) + ", "));
            lines.add(line + "" + unsynchronised.getOrDefault(boot, 0) + " unsynchronised");
        });
        return lines;
    }
}
