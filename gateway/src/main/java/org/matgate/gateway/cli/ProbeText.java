package org.matgate.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.ReaderSearch;
import org.matgate.gateway.status.Facts;

/** What a probe found, for people, for a configuration file and for programs. */
final class ProbeText {
    /** The version of the JSON form. */
    private static final int FORMAT = 1;

    private final List<Probe.PortResult> ports;
    private final List<Probe.HostResult> hosts;

    ProbeText(List<Probe.PortResult> ports, List<Probe.HostResult> hosts) {
        this.ports = List.copyOf(ports);
        this.hosts = List.copyOf(hosts);
    }

    /** Whether there is a reader. */
    boolean foundAny() {
        return !stanzas().isEmpty();
    }

    /** Two lines a port, then the stanzas. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Probe.PortResult port : ports) {
            String device = port.port().device().equals(port.port().name())
                    ? ""
                    : String.valueOf(port.port().device().getFileName());
            String about = String.join(
                    ", ",
                    List.of(device, port.port().adapter()).stream()
                            .filter(text -> !text.isEmpty())
                            .toList());
            lines.add(port.port().name() + (about.isEmpty() ? "" : "  (" + about + ")"));
            lines.add("    " + text(port.result()));
        }
        for (Probe.HostResult host : hosts) {
            lines.add(NetTarget.text(host.address()));
            lines.add("    " + text(host.result()));
        }
        if (ports.isEmpty() && hosts.isEmpty()) {
            lines.add("This machine has no serial port now: plug an adapter in, or try --net HOST.");
        }
        List<String> stanzas = stanzas();
        if (!stanzas.isEmpty()) {
            lines.add("");
            lines.add("# To paste into matgate.toml; give each reader a name of its own and list its antennas:");
            stanzas.forEach(stanza -> {
                lines.add("");
                lines.addAll(stanza.lines().toList());
            });
        }
        return lines;
    }

    static String text(ReaderSearch.Result result) {
        return switch (result) {
            case ReaderSearch.Found found ->
                printable(found.who()) + " (" + found.family().word() + ")"
                        + (found.baud().isPresent() ? " at " + found.baud().getAsInt() + " baud" : "")
                        + (found.streaming() ? ", streaming: it was only listened to" : "");
            case ReaderSearch.Babble babble ->
                babble.bytes() + " bytes came that no family understands, so it was not asked:"
                        + " is it a reader, at a speed that is usual?";
            case ReaderSearch.Silence silence ->
                "silent: nobody talks, nobody answers; is the reader on, and is it one of these: "
                        + Config.Family.words() + "?";
            case ReaderSearch.Unusable unusable -> unusable.why();
        };
    }

    /** A table [[reader]] for each reader that was found. */
    List<String> stanzas() {
        List<String> stanzas = new ArrayList<>();
        for (Probe.PortResult port : ports) {
            if (port.result() instanceof ReaderSearch.Found found) {
                OptionalInt baud = found.baud();
                boolean usual = baud.orElse(0) == found.family().bauds().getFirst();
                stanzas.add(stanza(
                        stanzas.size() + 1,
                        found,
                        "port = \""
                                + escaped(port.port().name().toAbsolutePath().toString()) + "\"",
                        usual ? "" : "baud = " + baud.orElse(0) + System.lineSeparator()));
            }
        }
        for (Probe.HostResult host : hosts) {
            if (host.result() instanceof ReaderSearch.Found found) {
                stanzas.add(stanza(
                        stanzas.size() + 1,
                        found,
                        "address = \"" + escaped(NetTarget.text(host.address())) + "\"",
                        ""));
            }
        }
        return stanzas;
    }

    private static String stanza(int number, ReaderSearch.Found found, String where, String baud) {
        return String.join(
                        System.lineSeparator(),
                        "[[reader]]",
                        "name = \"reader-" + number + "\"",
                        "family = \"" + found.family().word() + "\"  # " + printable(found.who()),
                        where)
                + System.lineSeparator()
                + baud
                + "antennas = [1]"
                + System.lineSeparator();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** One object on one line. */
    String json() {
        return Facts.NONE
                .with("format", FORMAT)
                .with("command", "probe")
                .with("ports", ports.stream().map(ProbeText::facts).toList())
                .with("hosts", hosts.stream().map(ProbeText::facts).toList())
                .with("stanzas", String.join(System.lineSeparator(), stanzas()))
                .json();
    }

    private static Facts facts(Probe.PortResult port) {
        Facts where = Facts.NONE
                .with("port", port.port().name().toString())
                .with("device", port.port().device().toString())
                .with("adapter", port.port().adapter())
                .with("held_by", String.join(", ", port.port().holders()));
        return facts(where, port.result());
    }

    private static Facts facts(Probe.HostResult host) {
        return facts(Facts.NONE.with("address", NetTarget.text(host.address())), host.result());
    }

    private static Facts facts(Facts where, ReaderSearch.Result result) {
        Optional<ReaderSearch.Found> found =
                result instanceof ReaderSearch.Found one ? Optional.of(one) : Optional.empty();
        return where.with("found", found.isPresent())
                .with("family", found.map(one -> one.family().word()))
                .with("who", found.map(ReaderSearch.Found::who))
                .with("baud", found.map(ReaderSearch.Found::baud).orElse(OptionalInt.empty()))
                .with("streaming", found.map(ReaderSearch.Found::streaming).orElse(false))
                .with("text", text(result));
    }
}
