package org.matgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.channel.Pin;
import org.matgate.protocol.stream.Source;

class ConfigLoaderTest {
    private static final String BOX = "[box]\nname = \"a\"\ntiming_point = \"finish\"\n";
    private static final String READER = "[[reader]]\nname = \"m\"\nfamily = \"mercury\"\nport = \"/dev/null\"\n";

    @TempDir
    Path directory;

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("matgate.toml"), text);
    }

    private void refused(String text, String... says) throws IOException {
        Path file = write(text);
        var thrown = assertThatThrownBy(() -> ConfigLoader.load(file)).isInstanceOf(ConfigException.class);
        for (String part : says) {
            thrown.hasMessageContaining(part.startsWith(":") ? file + part : part);
        }
    }

    @Test
    void theJournalsKeys() throws Exception {
        String box = """
                [box]
                name = "finish-a"
                timing_point = "finish"
                [[reader]]
                name = "main"
                family = "ipico"
                address = "10.0.0.1"
                """;
        assertThat(ConfigLoader.load(write(box)).journal()).isEqualTo(Config.Journal.DEFAULT);
        assertThat(ConfigLoader.load(write(box + "[journal]\ncommit_interval = 0.02\nreserve_mb = 3\n"))
                        .journal())
                .isEqualTo(new Config.Journal(Duration.ofMillis(20), 3_000_000, true));
        refused(box + "[journal]\ncommit_interval = 2\n", ":9", "commit_interval", "0 to 1");
        refused(box + "[journal]\ncommit_interval = -0.1\n", ":9", "commit_interval");
        refused(box + "[journal]\ncommit_interval = \"20ms\"\n", ":9", "commit_interval");
        refused(box + "[journal]\nreserve_mb = 0\n", ":9", "reserve_mb", "1 to 12");
        refused(box + "[journal]\nreserve_mb = 13\n", ":9", "reserve_mb", "1 to 12");
        refused(box + "[journal]\nreserve_mb = 1.5\n", ":9", "reserve_mb");
        refused(box + "[journal]\n\nsynchronous = \"off\"\n", ":10", "synchronous", "full");
        refused(box + "[journal]\nsynchronous = \"normal\"\n", ":9", "[simulation] enabled = true");
        refused(box + "[journal]\nreserve = 3\n", ":9", "reserve", "reserve_mb");
        assertThat(ConfigLoader.load(write(box + "[journal]\nsynchronous = \"normal\"\n[simulation]\nenabled = true\n"))
                        .journal()
                        .forced())
                .isFalse();
    }

    @Test
    void aFullFile() throws Exception {
        Config config = ConfigLoader.load(write("""
                [box]
                name = "finish-a"
                data = "data"
                timing_point = "finish"
                [[reader]]
                name = "main"
                family = "mercury"
                port = "/dev/ttyUSB0"
                baud = 230400
                antennas = [1, 2]
                power_dbm = 27.5
                region = "eu3"
                [[reader]]
                name = "backup"
                family = "ipico"
                address = "[::1]:10000"
                timing_point = "finish-2"
                line = "backup"
                [[engine]]
                name = "central"
                address = "127.0.0.1:7300"
                token = "secret"
                [[engine]]
                name = "far"
                address = "results.example.org:7300"
                insecure = true
                [simulation]
                enabled = true
                clock = "clock.txt"
                """));
        assertThat(config)
                .isEqualTo(new Config(
                        new Config.Box("finish-a", directory.resolve("data"), "finish"),
                        List.of(
                                new Config.Reader(
                                        new Source("main", "finish", Source.Line.MAIN),
                                        Config.Family.MERCURY,
                                        new Config.Link.Serial(Path.of("/dev/ttyUSB0"), 230_400),
                                        List.of(1, 2),
                                        Optional.of(2750),
                                        Optional.of(Config.Region.EU3)),
                                new Config.Reader(
                                        new Source("backup", "finish-2", Source.Line.BACKUP),
                                        Config.Family.IPICO,
                                        new Config.Link.Tcp("::1", 10_000),
                                        List.of(1),
                                        Optional.empty(),
                                        Optional.empty())),
                        List.of(
                                new Config.Engine("central", "127.0.0.1", 7300, Optional.empty(), "secret", false),
                                new Config.Engine("far", "results.example.org", 7300, Optional.empty(), "", true)),
                        Config.Gpio.NONE,
                        new Config.Simulation(true, Optional.of(directory.resolve("clock.txt")), Optional.empty()),
                        Config.Journal.DEFAULT));
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void defaults() throws Exception {
        Config config = ConfigLoader.load(write(BOX + READER));
        assertThat(config.box().data()).isEqualTo(Path.of("/var/lib/matgate"));
        assertThat(config.readers().getFirst().link()).isEqualTo(new Config.Link.Serial(Path.of("/dev/null"), 115_200));
        assertThat(config.readers().getFirst().antennas()).containsExactly(1);
        assertThat(config.readers().getFirst().source()).isEqualTo(new Source("m", "finish", Source.Line.MAIN));
        assertThat(config.engines()).isEmpty();
        assertThat(config.simulation().enabled()).isFalse();
    }

    @Test
    void unknownKeysAreNamedWithTheirLine() throws Exception {
        refused(BOX + READER + "antenas = [1]\n", ":8:1: ", "antenas: is not known; did you mean antennas?");
        refused(BOX + "colour = \"red\"\n" + READER, ":4:1: ", "colour: is not known; known here: name");
        refused(BOX + READER + "[engines]\n", "engines: is not known; did you mean engine?");
    }

    @Test
    void wrongTypesAreNamed() throws Exception {
        refused(BOX + READER + "baud = \"fast\"\n", ":8:1: ", "the string \"fast\"; want a whole number from 300");
        refused(BOX + READER + "antennas = 3\n", "antennas: is the number 3; want a list");
        refused(BOX + READER + "antennas = [1, 99]\n", "has 99");
        refused(BOX + READER + "antennas = [1, 1]\n", "names 1 twice");
        refused(BOX + READER + "antennas = []\n", "is empty");
        refused(BOX + READER + "antennas = [16, 17]\n", ":8:1: ", "has 17; a reader of family mercury has 1 to 16");
        refused(BOX.replace("\"a\"", "\"" + "f".repeat(101) + "\"") + READER, "name: want at most 100 characters");
        refused(BOX + READER + "power_dbm = 99\n", "99 is out of range; want 0.0 to 36.0");
        refused(BOX + READER + "region = \"mars\"\n", "want one of na, eu3, na2, open");
        refused("box = 1\n" + READER, ":1:1: ", "is the number 1; want a table");
        refused(BOX + "[reader]\nname = \"m\"\n", "reader: is a table; want tables, each written [[reader]]");
        refused("[box]\nname = \"\"\ntiming_point = 7\n" + READER, "name: is empty", "timing_point: is the number 7");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        refused("", "lacks the table [box]", "lacks a reader");
        refused("[box]\n[[reader]]\n", ":1:1: [box] lacks name", "lacks timing_point", ":2:1: [[reader]] lacks name");
        refused(BOX + "[[reader]]\nname = \"m\"\n", "lacks family", "wants either port");
        refused(BOX + READER + "[[engine]]\nname = \"e\"\n", "lacks address");
    }

    @Test
    void contradictionsAreNamed() throws Exception {
        refused(
                BOX + READER + READER,
                ":8:1: [[reader]] name: there is another reader named \"m\"".replace(":8", ":9"));
        refused(BOX + READER + READER.replace("\"m\"", "\"n\""), "shares its port or address");
        refused(BOX + READER + "address = \"h:1\"\n", "wants either port");
        String engine = "[[engine]]\nname = \"e\"\naddress = \"localhost:7300\"\n";
        refused(
                BOX + READER + engine + engine.replace("\"e\"", "\"f\""),
                ":13:1: [[engine]] address: is another engine's too: localhost:7300");
        refused(BOX + "[[reader]]\nname = \"m\"\nfamily = \"mercury\"\naddress = \"h:1\"\n", "on a serial port");
        refused(
                BOX + "[[reader]]\nname = \"m\"\nfamily = \"ipico\"\naddress = \"h:1\"\nbaud = 9600\n",
                "baud: is for serial ports");
        refused(BOX + READER + "[simulation]\nclock = \"c\"\n", "works only with enabled = true");
        refused(
                BOX + READER + "[[engine]]\nname = \"e\"\naddress = \"results.example.org:7300\"\n",
                "[[engine]] address: plain TCP to results.example.org can be read and forged",
                "enroll the box (matgate enroll CODE)",
                "set insecure = true");
        String far = BOX + READER + "[[engine]]\nname = \"e\"\naddress = \"results.example.org:7300\"\n";
        refused(far + "pin = \"abc\"\n", "pin: is no SHA-256 of a key; want 64 hexadecimal digits");
        refused(far + "pin = \"" + "0a".repeat(32) + "\"\ninsecure = true\n", "insecure: contradicts pin");
    }

    @Test
    void aPinnedEngineMayBeAnywhere() throws Exception {
        Config config = ConfigLoader.load(write(BOX + READER
                + "[[engine]]\nname = \"e\"\naddress = \"results.example.org:7300\"\npin = \""
                + "0A:".repeat(31) + "0A\"\n"));
        assertThat(config.engines().getFirst().pin())
                .contains(Pin.ofBytes(HexFormat.of().parseHex("0a".repeat(32))));
        assertThat(config.engines().getFirst().transport()).isEqualTo("tls");
    }

    @Test
    void addressesAreChecked() throws Exception {
        for (String address : List.of("host:", ":7", "[::1", "[]", "host:0", "host:65536", "host:x", "::1:7", "")) {
            refused(
                    BOX + "[[reader]]\nname = \"m\"\nfamily = \"ipico\"\naddress = \"" + address + "\"\n",
                    ":7:1: ",
                    "is no host:port");
        }
    }

    @Test
    void aReaderOnTheNetworkHasAUsualPort() throws Exception {
        Map<String, Config.Link> links = Map.of(
                "family = \"llrp\"\naddress = \"speedway\"", new Config.Link.Tcp("speedway", 5084),
                "family = \"r2000\"\naddress = \"[fe80::1]\"", new Config.Link.Tcp("fe80::1", 4001),
                "family = \"ipico\"\naddress = \"10.0.0.9\"", new Config.Link.Tcp("10.0.0.9", 10_000),
                "family = \"ipico\"\naddress = \"[::1]:7\"", new Config.Link.Tcp("::1", 7));
        for (Map.Entry<String, Config.Link> link : links.entrySet()) {
            Config config = ConfigLoader.load(write(BOX + "[[reader]]\nname = \"m\"\n" + link.getKey() + "\n"));
            assertThat(config.readers().getFirst().link()).isEqualTo(link.getValue());
        }
        refused(BOX + "[[reader]]\nname = \"m\"\nfamily = \"llrp\"\nport = \"/dev/null\"\n", "is on the network");
    }

    @Test
    void brokenFilesAreNamed() throws Exception {
        refused("[box\n", ":1:5: ");
        assertThatThrownBy(() -> ConfigLoader.load(directory.resolve("none.toml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.toml: there is no such file");
        Path latin = Files.write(directory.resolve("latin.toml"), new byte[] {'#', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> ConfigLoader.load(latin))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("UTF-8")
                .matches(e -> !((ConfigException) e).isPassing());
        // What no file can be at fault for: here a directory, on a box a card that hangs.
        assertThatThrownBy(() -> ConfigLoader.load(directory))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be read: ")
                .matches(e -> ((ConfigException) e).isPassing());
    }
}
