package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a crew asks a box on race morning: probe, check, status, with readers that are processes of their own. */
@Timeout(300)
class CrewCommandsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Command module(Object... more) throws IOException {
        Object[] start = {"mat", "mercury", "--pty", "--link", directory.resolve("mat"), "--rate", 20};
        Object[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(start), java.util.Arrays.stream(more))
                .toArray();
        return Command.matsim(all);
    }

    private static Command mat(Object... more) throws IOException {
        Object[] start = {"mat", "ipico", "--tcp", 0, "--rate", 10};
        Object[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(start), java.util.Arrays.stream(more))
                .toArray();
        return Command.matsim(all);
    }

    private Path config(String mat, String engine) throws IOException {
        return Files.writeString(directory.resolve("matgate.toml"), """
                [box]
                name = "finish-a"
                data = "data"
                timing_point = "finish"
                [[reader]]
                name = "main"
                family = "mercury"
                port = "mat"
                antennas = [1, 2]
                [[reader]]
                name = "backup"
                family = "ipico"
                address = "%s"
                line = "backup"
                [[engine]]
                name = "central"
                address = "%s"
                token = "t"
                """.formatted(mat, engine));
    }

    /** Runs it to its end and takes what it said. */
    private static String said(int exit, Object... arguments) throws Exception {
        try (Command command = Command.matgate(arguments)) {
            int got = command.awaitExit(PATIENCE);
            assertThat(got).as(command.text()).isEqualTo(exit);
            return command.text();
        }
    }

    /** A machine whose clock nothing vouches for has a warning more. */
    private static String saidWellOrWithWarnings(Object... arguments) throws Exception {
        try (Command command = Command.matgate(arguments)) {
            int got = command.awaitExit(PATIENCE);
            assertThat(got).as(command.text()).isIn(0, 3);
            assertThat(command.text()).doesNotContain("FAIL");
            return command.text();
        }
    }

    /** A busy machine's pseudo-terminals hold bytes back for seconds, and whoever is asked seems silent: asked again then. */
    private static String probed(Path port, String address) throws Exception {
        String found = "";
        for (int tries = 0; tries < 4 && !found.contains("(mercury)"); tries++) {
            found = said(0, "probe", "--port", port, "--net", address);
        }
        return found;
    }

    private String awaitStatus(Path config, String... wanted) throws Exception {
        String text = "";
        // Over a minute: so long a gap at the start, as on a machine that has no time, is warned of.
        for (int tries = 0; tries < 60; tries++) {
            try (Command command = Command.matgate("status", "--config", config)) {
                command.awaitExit(PATIENCE);
                text = command.text();
                if (java.util.Arrays.stream(wanted).allMatch(text::contains)) {
                    return text;
                }
            }
        }
        throw new AssertionError("status never said " + String.join(" and ", wanted) + " but:\n" + text);
    }

    @Test
    void beforeTheRaceProbeThenCheck() throws Exception {
        try (Command engine = Command.matsim("engine", "--port", 0, "--db", directory.resolve("e.db"), "--token", "t");
                Command module = module("--baud", 9600);
                Command mat = mat()) {
            String engineAddress = engine.awaitLine("READY ", PATIENCE);
            module.awaitLine("READY ", PATIENCE);
            String matAddress = mat.awaitLine("READY ", PATIENCE);

            String found = probed(directory.resolve("mat"), matAddress);
            assertThat(found)
                    .contains("(mercury) at 9600 baud", "baud = 9600", "port = \"" + directory.resolve("mat") + "\"")
                    .contains("IPICO reader", "address = \"" + matAddress + "\"");
            Path pasted = Files.writeString(
                    directory.resolve("pasted.toml"),
                    "[box]\nname = \"a\"\ndata = \"data\"\ntiming_point = \"finish\"\n"
                            + found.substring(found.indexOf("[[reader]]"))
                            + "\n[[engine]]\nname = \"central\"\ntoken = \"t\"\naddress = \"" + engineAddress + "\"\n");

            String ready = saidWellOrWithWarnings("check", "--config", pasted, "--test-read", 30);
            assertThat(ready)
                    .contains("WAVE A CHIP")
                    .containsPattern("OK +config +a ")
                    .containsPattern("OK +disk ")
                    .containsPattern("OK +port +reader-1 ")
                    .containsPattern("OK +reader +reader-1 +reading for .* M6e ")
                    .containsPattern("OK +antenna +reader-1/1 +connected.* test reads?, the best at -")
                    .containsPattern("OK +antenna +reader-2/1 .* test reads?")
                    .containsPattern("OK +engine +central +lets this box in")
                    .containsPattern("OK +service +does not run; .*: sudo systemctl start matgate");
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }

    @Test
    void whatIsNotReadyIsSaidWithWhatToDo() throws Exception {
        Path config = config("127.0.0.1:9", "127.0.0.1:9");
        assertThat(said(1, "check", "--config", config, "--test-read", 0))
                .containsPattern("FAIL +port +main +.*NOT THERE")
                .contains("-> plug the reader in, or correct port")
                .containsPattern("FAIL +reader +backup +FINDING .*Connection refused")
                .containsPattern("FAIL +engine +central +NOT CONNECTED")
                .contains("NOT READY: 3 failures");
        assertThat(said(1, "check", "--json", "--config", config, "--test-read", 0))
                .startsWith("{\"format\":1,\"command\":\"check\",\"verdict\":\"fail\",\"lines\":[")
                .hasLineCount(1);
        Files.writeString(config, "antenas = 1\n[[reader]]\nfamily = \"mercry\"\n");
        assertThat(said(1, "check", "--config", config))
                .contains("FAIL  config", "matgate.toml:1:1: ", "matgate.toml:3:1: [[reader]] family");
        assertThat(said(2, "check", "--test-read", -1)).contains("--test-read -1; want 0 to");
        assertThat(said(2, "status", "--data", directory)).contains("no service runs in", "matgate run");
        assertThat(said(2, "status", "--data", directory, "--config", config)).contains("mutually exclusive");
        assertThat(said(1, "probe", "--port", directory.resolve("mat"))).contains("no such port");
        assertThat(said(2, "probe", "--net", "host:port")).contains("--net host:port is no HOST");
    }

    @Test
    void duringTheRaceStatus() throws Exception {
        try (Command engine = Command.matsim("engine", "--port", 0, "--db", directory.resolve("e.db"), "--token", "t");
                Command module = module();
                Command mat = mat()) {
            String engineAddress = engine.awaitLine("READY ", PATIENCE);
            module.awaitLine("READY ", PATIENCE);
            String matAddress = mat.awaitLine("READY ", PATIENCE);
            Path config = config(matAddress, engineAddress);
            try (Command box = Command.matgate("run", "--config", config)) {
                box.awaitLine("READY ", PATIENCE);
                assertThat(awaitStatus(config, "OK    reader   main", "OK    reader   backup", "has everything"))
                        .containsPattern("box +finish-a +matgate \\d.*, up ")
                        .containsPattern("OK +journal +[0-9a-f]{8} +[\\d,]+ events")
                        .containsPattern("OK +engine +central +connected");
                // Who checks or probes a box that runs disturbs nothing.
                assertThat(saidWellOrWithWarnings("check", "--config", config))
                        .containsPattern("OK +service +runs and holds the readers")
                        .containsPattern("OK +reader +main +reading");
                assertThat(said(1, "probe", "--port", directory.resolve("mat"), "--net", matAddress))
                        .contains("held by matgate (process", "this machine is connected to it already");
                assertThat(saidWellOrWithWarnings("status", "--json", "--data", directory.resolve("data")))
                        .startsWith("{\"format\":1,\"command\":\"status\",\"verdict\":\"")
                        .contains("\"part\":\"reader\",\"name\":\"main\"", "\"gaps\":0,")
                        .hasLineCount(1);
                mat.terminate();
                mat.awaitExit(PATIENCE);
                awaitStatus(config, "FAIL  reader   backup", "OK    reader   main", "NOT READY: 1 failure");
                assertThat(said(1, "status", "--config", config)).contains("-> check its power, cable and address");
            }
            // Closing killed the box.
            assertThat(directory.resolve("data/status.sock")).exists();
            assertThat(said(2, "status", "--config", config)).contains("was killed or lost power", "start it");
            assertThat(said(1, "check", "--config", config)).contains("start it again first");
            try (Command box = Command.matgate("run", "--config", config)) {
                box.awaitLine("READY ", PATIENCE);
                awaitStatus(config, "OK    reader   main");
                box.terminate();
                assertThat(box.awaitExit(PATIENCE)).as(box.text()).isZero();
            }
            assertThat(directory.resolve("data/status.sock")).doesNotExist();
        }
    }

    /** After an orderly stop it keeps its reads for the service; nobody is to change cables because none shows. */
    @Test
    void aReaderThatStillReadsForTheServiceIsLookedAtAndNotTested() throws Exception {
        try (Command mat = Command.matsim("mat", "llrp", "--tcp", 0, "--rate", 50)) {
            String address = mat.awaitLine("READY ", PATIENCE);
            Path config = Files.writeString(
                    directory.resolve("keeps.toml"),
                    "[box]\nname = \"a\"\ndata = \"keeps\"\ntiming_point = \"finish\"\n[[reader]]\nname = \"main\"\n"
                            + "family = \"llrp\"\naddress = \"" + address.substring(address.lastIndexOf(' ') + 1)
                            + "\"\nantennas = [1, 2, 3, 4]\n");
            try (Command box = Command.matgate("run", "--config", config)) {
                box.awaitLine("READY ", PATIENCE);
                awaitStatus(config, "OK    reader   main");
                box.terminate();
                assertThat(box.awaitExit(PATIENCE)).as(box.text()).isZero();
            }
            assertThat(said(3, "check", "--config", config, "--test-read", 30))
                    .containsPattern("WARN +reader +main +degraded .*keeps its reads for the service")
                    .contains("start the service, wave a chip and look at `matgate status --watch`")
                    .containsPattern("OK +antenna +main/4 +connected")
                    .doesNotContain("WAVE A CHIP", "NO READ", "cable");
        }
    }
}
