package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.check.Check;
import org.matgate.gateway.check.Listener;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.status.Level;
import org.matgate.gateway.status.Line;
import org.matgate.gateway.status.Report;

/** What a check says of the service, where it runs and where it does not. */
@Timeout(60)
class GatewayCheckTest {
    @TempDir
    Path directory;

    private static Report check(Path file, Config config) throws Exception {
        return Check.run(new Check.Task(file, config, "matgate test", PortSearch.MACHINE, 0), new Listener() {
            @Override
            public void line(Line line) {}

            @Override
            public void progress(String text) {}

            @Override
            public void ask(String text) {}
        });
    }

    private static Line line(Report report, String part) {
        return report.lines().stream()
                .filter(line -> line.part().equals(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + part + " in " + report));
    }

    private static final String FILE = """
            [box]
            name = "a"
            data = "data"
            timing_point = "finish"
            [[reader]]
            name = "main"
            family = "llrp"
            address = "localhost"
            [[reader]]
            name = "backup"
            family = "mercury"
            port = "mat"
            line = "backup"
            [[engine]]
            name = "central"
            address = "localhost:9"
            token = "t"
            """;

    /** The line of the configuration, of a check with this file. */
    private Line config(Path folder, String was, String is) throws Exception {
        assertThat(FILE).contains(was);
        Path file = Files.writeString(folder.resolve("matgate.toml"), FILE.replace(was, is));
        return line(check(file, ConfigLoader.load(file)), "config");
    }

    @Test
    void aFileThatSaysAnotherThanTheServiceRunsByIsSaid() throws Exception {
        Path file = Files.writeString(directory.resolve("matgate.toml"), FILE);
        try (Gateway service = Gateway.start(ConfigLoader.load(file))) {
            assertThat(service.summary()).contains("a");
            String[][] changes = {
                {
                    "\"localhost\"",
                    "\"127.0.0.1\"",
                    "reader main: address 127.0.0.1:5084 differs",
                    "runs by, localhost:5084;"
                },
                {"\"localhost\"", "\"localhost:5085\"", "reader main: address localhost:5085 differs", "localhost:5084;"
                },
                {"\"llrp\"\naddress = \"localhost\"", "\"ipico\"\naddress = \"localhost:5084\"", "family ipico", "llrp"
                },
                {
                    "port = \"mat\"",
                    "port = \"other\"",
                    "reader backup: port " + directory + "/other at 115200",
                    "/mat at"
                },
                {"port = \"mat\"", "port = \"mat\"\nbaud = 9600", "reader backup: port", "mat at 9600 differs"},
                {"line = \"backup\"", "", "reader backup: line main differs", "backup;"},
                {"line = \"backup\"", "timing_point = \"start\"", "timing_point start differs", "finish;"},
                {"line = \"backup\"", "line = \"backup\"\nantennas = [1, 2]", "antennas [1, 2] differs", "[1];"},
                {
                    "line = \"backup\"",
                    "line = \"backup\"\npower_dbm = 27.5\nregion = \"eu3\"",
                    "reader backup: settings antennas [1], power_dbm 27.50, region eu3 differs",
                    "runs by, antennas [1];"
                },
                {"\"t\"", "\"another\"", "engine central: token or pin differs from what", "the service runs by;"},
                {"name = \"a\"", "name = \"b\"", "the box's name b differs", "runs by, a;"},
                {
                    "[[engine]]",
                    "[journal]\ncommit_interval = 0.005\n[[engine]]",
                    "[journal] differs from what",
                    "the service runs by;"
                },
                {"[[engine]]", "[gpio.lamp]\nline = 17\n[[engine]]", "[gpio] differs from what", "the service runs by;"
                },
                {"localhost:9", "localhost:10", "engine central: address localhost:10 differs", "localhost:9;"},
                {"\"main\"", "\"mein\"", "the file has other readers (mein, backup)", "runs by (main, backup);"},
                {FILE.substring(FILE.indexOf("[[engine]]")), "", "the file has other engines ()", "runs by (central);"},
            };
            for (String[] change : changes) {
                Line line = config(directory, change[0], change[1]);
                assertThat(line.level()).as(change[1]).isEqualTo(Level.WARN);
                assertThat(line.todo()).contains(change[2], change[3]).endsWith("; sudo systemctl restart matgate");
            }
        }
    }

    @Test
    void aFileThatSaysTheSameInOtherWordsIsWell() throws Exception {
        Path file = Files.writeString(directory.resolve("matgate.toml"), FILE);
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        Path deep = Files.createDirectory(directory.resolve("deep"));
        try (Gateway service = Gateway.start(ConfigLoader.load(file))) {
            assertThat(service.summary()).contains("a");
            String[][] changes = {
                {"\"localhost\"", "\"localhost:5084\""},
                {"\"localhost\"", "\"LocalHost\""},
                {"port = \"mat\"", "port = \"./mat\"\nbaud = 115200"},
                {"port = \"mat\"", "port = \"" + directory + "/deep/../mat\""},
            };
            for (Path folder : List.of(directory, link, deep.resolve(".."))) {
                for (String[] change : changes) {
                    Line line = config(folder, change[0], change[1]);
                    assertThat(line.level()).as(folder + " " + line).isEqualTo(Level.OK);
                }
            }
        }
    }

    @Test
    void aReaderThatTheServiceHasIsLeftToItThoughTheFileNamesAnotherData() throws Exception {
        // It says nothing, which an IPICO reader may for long; the service stays connected meanwhile.
        try (ServerSocket reader = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            String text = FILE.replace("\"llrp\"", "\"ipico\"")
                    .replace("\"localhost\"", "\"127.0.0.1:" + reader.getLocalPort() + "\"");
            Path file = Files.writeString(directory.resolve("matgate.toml"), text);
            try (Gateway service = Gateway.start(ConfigLoader.load(file));
                    Socket theirs = reader.accept()) {
                assertThat(service.summary()).contains("a");
                assertThat(theirs.isConnected()).isTrue();
                Files.writeString(file, text.replace("data = \"data\"", "data = \"other\""));
                Report report = check(file, ConfigLoader.load(file));
                reader.setSoTimeout(1);
                assertThatThrownBy(reader::accept).as("a second connection").isInstanceOf(SocketTimeoutException.class);
                Line port = line(report, "port");
                assertThat(port.level()).isEqualTo(Level.FAIL);
                assertThat(port.text()).contains("HELD by a program on this machine");
                assertThat(port.todo()).contains("another data");
                assertThat(report.lines())
                        .noneMatch(line ->
                                line.part().equals("reader") && line.name().equals("main"));
                Line last = line(report, "service");
                assertThat(last.level()).isEqualTo(Level.WARN);
                assertThat(last.text()).contains("does not answer in " + directory.resolve("other"), "another data");
            }
        }
    }

    @Test
    void aServiceThatDoesNotRunIsSaidAndIsNoTrouble() throws Exception {
        Config config = new Config(
                new Config.Box("a", directory, "finish"),
                List.of(),
                List.of(),
                Config.Gpio.NONE,
                new Config.Simulation(false, Optional.empty(), Optional.empty()),
                Config.Journal.DEFAULT);
        Line service = line(check(directory.resolve("matgate.toml"), config), "service");
        assertThat(service.level()).isEqualTo(Level.OK);
        assertThat(service.text())
                .isEqualTo(
                        "does not run; this did in its place what it does; to start it: sudo systemctl start matgate");
        assertThat(service.facts().json()).isEqualTo("{\"answers\":false}");
    }
}
