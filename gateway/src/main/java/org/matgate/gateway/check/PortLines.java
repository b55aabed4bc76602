package org.matgate.gateway.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
import org.matgate.gateway.status.Line;

/** Whether the readers' serial ports are there and free. */
final class PortLines {
    private PortLines() {}

    /** The line of a reader's serial port; empty for a reader on the network. */
    static Optional<Line> of(Config.Reader reader, PortSearch machine) {
        if (!(reader.link() instanceof Config.Link.Serial serial)) {
            return Optional.empty();
        }
        Path path = serial.port();
        PortSearch.Port port = machine.named(List.of(path)).getFirst();
        boolean there = Files.exists(path);
        boolean held = !port.holders().isEmpty();
        Facts facts = Facts.NONE
                .with("port", path.toString())
                .with("device", port.device().toString())
                .with("adapter", port.adapter())
                .with("present", there)
                .with("held_by", String.join(", ", port.holders()));
        String about = port.adapter().isEmpty() ? "" : " (" + port.adapter() + ")";
        String state = held ? ", HELD by " + String.join(", ", port.holders()) : ", free";
        return Optional.of(new Findings()
                .fail(!there, "plug the reader in, or correct port: " + machine.describe())
                .fail(there && held, "end that program: a serial port has one user only")
                .line("port", reader.source().reader(), path + about + (there ? state : ", NOT THERE"), facts));
    }
}
