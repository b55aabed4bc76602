package org.matgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.reader.ReaderSearch;

class ProbeTextTest {
    private static final Path STABLE = Path.of("/dev/serial/by-id/usb-FTDI_A5XK3RJT-if00-port0");
    private static final ProbeText FOUND = new ProbeText(
            List.of(
                    port(
                            STABLE,
                            new ReaderSearch.Found(Config.Family.MERCURY, OptionalInt.of(9_600), "M6e \"1\"\n", true)),
                    port(
                            Path.of("/dev/ttyUSB1"),
                            new ReaderSearch.Found(Config.Family.IPICO, OptionalInt.of(9_600), "IPICO reader", false)),
                    port(Path.of("/dev/ttyS0"), new ReaderSearch.Silence())),
            List.of(new Probe.HostResult(
                    new Config.Link.Tcp("fe80::1", 5084),
                    new ReaderSearch.Found(Config.Family.LLRP, OptionalInt.empty(), "Impinj", false))));

    private static Probe.PortResult port(Path name, ReaderSearch.Result result) {
        return new Probe.PortResult(
                new PortSearch.Port(name, Path.of("/dev/ttyUSB0"), "FTDI, driver ftdi_sio", List.of()), result);
    }

    @Test
    void whatIsPrintedCanBePasted(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("matgate.toml"),
                "[box]\nname = \"a\"\ntiming_point = \"finish\"\n" + String.join("\n", FOUND.stanzas()));
        List<Config.Reader> readers = ConfigLoader.load(file).readers();
        assertThat(readers)
                .extracting(reader -> reader.source().reader())
                .containsExactly("reader-1", "reader-2", "reader-3");
        assertThat(readers)
                .extracting(Config.Reader::link)
                .containsExactly(
                        new Config.Link.Serial(STABLE, 9_600),
                        new Config.Link.Serial(Path.of("/dev/ttyUSB1"), 9_600),
                        new Config.Link.Tcp("fe80::1", 5084));
        assertThat(readers)
                .extracting(Config.Reader::family)
                .containsExactly(Config.Family.MERCURY, Config.Family.IPICO, Config.Family.LLRP);
        assertThat(FOUND.stanzas().getFirst()).contains("baud = 9600");
        assertThat(FOUND.stanzas().get(1)).doesNotContain("baud");
    }

    @Test
    void aPersonSeesEveryPort() {
        assertThat(FOUND.foundAny()).isTrue();
        assertThat(FOUND.lines())
                .startsWith(
                        STABLE + "  (ttyUSB0, FTDI, driver ftdi_sio)",
                        "    M6e \"1\"  (mercury) at 9600 baud, streaming: it was only listened to")
                .contains("    IPICO reader (ipico) at 9600 baud", "[fe80::1]:5084", "[[reader]]");
        ProbeText none = new ProbeText(List.of(), List.of());
        assertThat(none.foundAny()).isFalse();
        assertThat(none.lines()).singleElement().asString().contains("no serial port");
    }

    @Test
    void aProgramGetsTheSame() {
        String json = FOUND.json();
        assertThat(json)
                .startsWith("{\"format\":1,\"command\":\"probe\",\"ports\":[{\"port\":\"" + STABLE + "\",")
                .contains("\"found\":true,\"family\":\"mercury\",\"who\":\"M6e \\\"1\\\"\\u000a\",\"baud\":9600,"
                        + "\"streaming\":true")
                .contains("\"found\":false,\"family\":null,\"who\":null,\"baud\":null,\"streaming\":false")
                .contains("{\"address\":\"[fe80::1]:5084\"")
                .doesNotContain("\n");
    }

    @Test
    void hostsAreReadAsPeopleWriteThem() {
        List<Integer> usual = List.of(5084, 10_000);
        assertThat(NetTarget.parse("192.168.1.50", usual))
                .contains(List.of(
                        new Config.Link.Tcp("192.168.1.50", 5084), new Config.Link.Tcp("192.168.1.50", 10_000)));
        assertThat(NetTarget.parse("reader.local:4001", usual))
                .contains(List.of(new Config.Link.Tcp("reader.local", 4001)));
        assertThat(NetTarget.parse("[fe80::1]:4001", usual)).contains(List.of(new Config.Link.Tcp("fe80::1", 4001)));
        assertThat(NetTarget.parse("[fe80::1]", List.of(7))).contains(List.of(new Config.Link.Tcp("fe80::1", 7)));
        assertThat(NetTarget.parse("fe80::1", List.of(7))).contains(List.of(new Config.Link.Tcp("fe80::1", 7)));
        for (String wrong :
                new String[] {"", " ", ":80", "host:", "host:x", "host:0", "host:65536", "[]:80", "[fe80"}) {
            assertThat(NetTarget.parse(wrong, usual)).as(wrong).isEmpty();
        }
    }
}
