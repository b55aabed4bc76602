package org.matgate.simulator.race;

import java.util.List;
import java.util.stream.Stream;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultKind;

/** Reads what goes wrong with a mat: its line, its reader, its antennas. */
final class MatFaultReader {
    private final TomlSection section;
    private final List<String> mats;

    MatFaultReader(TomlSection section, List<String> mats) {
        this.section = section;
        this.mats = mats;
    }

    /** @param kind one that strikes a mat */
    Fault read(FaultKind kind) {
        String more = kind == FaultKind.NOISE ? "rate" : kind == FaultKind.ANTENNA_CUT ? "antenna" : "";
        section.only(Stream.of("kind", "mat", "from", "until", more)
                .filter(key -> !key.isEmpty())
                .toArray(String[]::new));
        String mat = section.reference("mat", mats);
        long from = FaultReader.from(section);
        long until = FaultReader.until(section);
        return switch (kind) {
            case NOISE ->
                new Fault.Noise(
                        mat, from, until, section.number("rate", 0, 1, "the share of frames that are hit, 0 to 1"));
            case UNPLUGGED -> new Fault.Unplugged(mat, from, until);
            case REBOOT -> new Fault.Reboot(mat, from, until);
            case HANG -> new Fault.Hang(mat, from, until);
            case ANTENNA_CUT ->
                new Fault.AntennaCut(
                        mat, (int) section.whole("antenna", 1, 255, "the number of an antenna"), from, until);
            case TOO_HOT -> new Fault.TooHot(mat, from, until);
            case MEMORY_FULL -> new Fault.MemoryFull(mat, from, until);
            case DRIBBLE -> new Fault.Dribble(mat, from, until);
            default -> throw new IllegalArgumentException(kind + " strikes no mat");
        };
    }
}
