package org.matgate.simulator.race;

import java.util.List;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultKind;

/** Reads what goes wrong with the engine, and with the lines to it. */
final class EngineFaultReader {
    private final TomlSection section;
    private final List<String> boxes;

    EngineFaultReader(TomlSection section, List<String> boxes) {
        this.section = section;
        this.boxes = boxes;
    }

    /** @param kind one that strikes the engine or a line to it */
    Fault read(FaultKind kind) {
        return switch (kind) {
            case ENGINE_AWAY -> {
                section.only("kind", "from", "until");
                yield new Fault.EngineAway(from(), until());
            }
            case ENGINE_LINE_CUT -> {
                section.only("kind", "box", "from", "until");
                yield new Fault.EngineLineCut(box(), from(), until());
            }
            case ENGINE_LINE_DEAD -> {
                section.only("kind", "box", "from", "until");
                yield new Fault.EngineLineDead(box(), from(), until());
            }
            case ENGINE_LINE_SLOW -> {
                section.only("kind", "box", "from", "until", "baud");
                int baud = (int) section.whole("baud", 300, 100_000_000, "bits a second from 300 on, such as 9600");
                yield new Fault.EngineLineSlow(box(), from(), until(), baud);
            }
            case ENGINE_LINE_DELAYED -> {
                section.only("kind", "box", "from", "until", "seconds");
                long delay = section.span("seconds", 0.001, 30, "seconds, 0.001 to 30, such as 0.8");
                yield new Fault.EngineLineDelayed(box(), from(), until(), delay);
            }
            default -> throw new IllegalArgumentException(kind + " strikes neither the engine nor a line to it");
        };
    }

    private String box() {
        return section.reference("box", boxes);
    }

    private long from() {
        return FaultReader.from(section);
    }

    private long until() {
        return FaultReader.until(section);
    }
}
