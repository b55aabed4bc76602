package org.matgate.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.protocol.stream.Source;

/** Reads one table [[reader]]. What is wrong in it is told; what it then gives in its place is of no use. */
final class ReaderTable {
    private final StrictTable table;
    private final Path directory;

    /** @param directory from which relative paths count */
    ReaderTable(StrictTable table, Path directory) {
        this.table = table;
        this.directory = directory;
    }

    Config.Reader read(Config.Box box) {
        Source source = new Source(
                table.requiredString("name", "mat-1"),
                table.string("timing_point", "finish").orElse(box.timingPoint()),
                table.word("line", Source.Line.class).orElse(Source.Line.MAIN));
        Optional<Config.Family> told = table.word("family", Config.Family.class);
        if (told.isEmpty() && !table.has("family")) {
            table.problem("lacks family, one of " + Config.Family.words());
        }
        Config.Family family = told.orElse(Config.Family.IPICO);
        Config.Reader reader = new Config.Reader(
                source,
                family,
                link(family),
                table.integers("antennas", 1, 255, List.of(1)),
                table.number("power_dbm", 0, 36).map(dbm -> (int) Math.round(dbm * 100)),
                table.word("region", Config.Region.class));
        for (int antenna : reader.antennas()) {
            if (antenna > family.mostAntennas()) {
                table.problem(
                        "antennas",
                        "has " + antenna + "; a reader of family " + family.word() + " has 1 to "
                                + family.mostAntennas());
            }
        }
        table.finish();
        return reader;
    }

    private Config.Link link(Config.Family family) {
        Optional<String> port = table.string("port", "/dev/serial/by-id/…");
        Optional<Long> baud = table.integer("baud", 300, 4_000_000);
        OptionalInt usualPort = family.tcpPort();
        Optional<HostPort> address = HostPort.in(table, "192.168.1.50:" + usualPort.orElse(10_000), usualPort);
        if (port.isPresent() == table.has("address")) {
            table.problem("wants either port (a serial port, such as \"/dev/ttyUSB0\") or address (\"host:port\")");
        }
        if (table.has("address") && baud.isPresent()) {
            table.problem("baud", "is for serial ports; a reader with an address has none");
        }
        if (address.isPresent()) {
            if (usualPort.isEmpty()) {
                table.problem("address", "a " + family.word() + " reader is on a serial port; want port = \"/dev/…\"");
            }
            return new Config.Link.Tcp(address.get().host(), address.get().port());
        }
        if (port.isPresent() && family.bauds().isEmpty()) {
            table.problem("port", "a " + family.word() + " reader is on the network; want address = \"192.168.1.50\"");
        }
        return new Config.Link.Serial(
                directory.resolve(port.orElse("/dev/null")),
                baud.map(Long::intValue)
                        .orElse(
                                family.bauds().isEmpty()
                                        ? 115_200
                                        : family.bauds().getFirst()));
    }
}
