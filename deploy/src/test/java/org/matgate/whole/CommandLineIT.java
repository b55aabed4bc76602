package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launchers and what they answer to a crew's mistakes. */
@Timeout(60)
class CommandLineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Path config(String reader) throws Exception {
        return Files.writeString(
                directory.resolve("matgate.toml"),
                "[box]\nname = \"a\"\ndata = \"data\"\ntiming_point = \"finish\"\n" + reader);
    }

    private void refused(Path config, String says) throws Exception {
        refused(config, says, 2);
    }

    /** @param exit 2 where only a change of the file helps; systemd starts it again after all others */
    private void refused(Path config, String says, int exit) throws Exception {
        try (Command box = Command.matgate("run", "--config", config)) {
            assertThat(box.awaitExit(PATIENCE)).as(box.text()).isEqualTo(exit);
            assertThat(box.text()).contains(says).doesNotContain("READY");
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }

    @Test
    void mistakesAreRefusedBeforeAnythingStarts() throws Exception {
        String reader = "[[reader]]\nname = \"m\"\nfamily = \"mercury\"\nport = \"%s\"\n";
        refused(
                config(reader.formatted("/dev/null") + "bauds = 9600\n"),
                ":9:1: [[reader]] bauds: is not known; did you");
        refused(config(reader.formatted("/dev/null") + "baud = \"9600\"\n"), ":9:1: [[reader]] baud: is the string");
        refused(config(reader.formatted("/dev/ttyNONE")), "port: /dev/ttyNONE is not there");
        refused(
                config(reader.formatted("/dev/null") + reader.formatted("/dev/zero")),
                ":10:1: [[reader]] name: there is another reader named \"m\"");
        refused(directory.resolve("none.toml"), "there is no such file");
        refused(directory, "cannot be read: ", 1);
    }

    @Test
    void anEngineThatIsKilledLeavesNothingInTheTemporaryFolder() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Path script = Files.writeString(
                directory.resolve("engine"),
                "#!/bin/sh\nMATGATE_JAVA_OPTIONS=-Djava.io.tmpdir=%s exec %s engine --port 0 --db %s\n"
                        .formatted(
                                temporary, Command.ROOT.resolve("deploy/bin/matsim"), directory.resolve("engine.db")));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        try (Command engine = Command.run(script.toString())) {
            engine.awaitLine("READY ", PATIENCE);
            assertThat(directory.resolve("engine.db")).exists();
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aJournalBelongsToOneProcess() throws Exception {
        Path config = config("[[reader]]\nname = \"m\"\nfamily = \"ipico\"\naddress = \"127.0.0.1:9\"\n");
        try (Command first = Command.matgate("run", "--config", config)) {
            first.awaitLine("READY ", PATIENCE);
            try (Command second = Command.matgate("run", "--config", config)) {
                assertThat(second.awaitExit(PATIENCE)).as(second.text()).isEqualTo(1);
                assertThat(second.text()).contains("journal.lock");
            }
            first.terminate();
            assertThat(first.awaitExit(PATIENCE)).as(first.text()).isZero();
        }
    }

    @Test
    void aStopThatCouldNotKeepTheLastEventsIsNoSuccess() throws Exception {
        Path config = config("[[reader]]\nname = \"m\"\nfamily = \"ipico\"\naddress = \"127.0.0.1:9\"\n");
        try (Command box = Command.matgate("run", "--config", config)) {
            box.awaitLine("READY ", PATIENCE);
            try (Connection tool = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("data/journal.db"));
                    Statement statement = tool.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                box.terminate();
                assertThat(box.awaitExit(PATIENCE)).as(box.text()).isEqualTo(1);
            }
            assertThat(box.text()).contains("the last events are not on disk");
        }
    }

    @Test
    void helpAndVersionTellTheTruth() throws Exception {
        for (String launcher : new String[] {"matgate", "matsim"}) {
            String path = Command.ROOT.resolve("deploy/bin").resolve(launcher).toString();
            try (Command version = Command.run(path, "--version");
                    Command help = Command.run(path, "--help");
                    Command nonsense = Command.run(path, "fly")) {
                assertThat(version.awaitExit(PATIENCE)).isZero();
                assertThat(version.text()).matches("(?s).*" + launcher + " \\d+\\.\\d+\\.\\d+.*");
                assertThat(help.awaitExit(PATIENCE)).isZero();
                assertThat(help.text()).contains("Usage: " + launcher);
                assertThat(nonsense.awaitExit(PATIENCE)).isEqualTo(2);
            }
        }
    }

    /** systemd does not start a service again that ends with 2, and that is what a shell says that cannot fork. */
    @Test
    void aLauncherThatCannotForkIsTriedAgain() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root becomes somebody else");
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path launcher = Files.copy(Command.ROOT.resolve("deploy/bin/matgate"), bin.resolve("matgate"));
        assertThat(launcher.toFile().setExecutable(true, false)).isTrue();
        for (Path above = bin; above.startsWith(directory); above = above.getParent()) {
            assertThat(above.toFile().setExecutable(true, false)).isTrue();
            assertThat(above.toFile().setReadable(true, false)).isTrue();
        }
        String say = "ulimit -u 1 2>/dev/null || ulimit -p 1; exec \"$0\" run";
        try (Command none = Command.run("setpriv", "--reuid", "65533", "--clear-groups", "sh", "-c", say, launcher)) {
            assertThat(none.awaitExit(PATIENCE)).as(none.text()).isEqualTo(1);
            assertThat(none.text()).contains("fork");
        }
    }

    @Test
    void theLauncherRunsUnchangedWhereItIsInstalled() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("opt/bin"));
        Path lib = Files.createDirectories(directory.resolve("opt/lib"));
        Files.copy(Command.ROOT.resolve("deploy/bin/matgate"), bin.resolve("matgate"));
        assertThat(bin.resolve("matgate").toFile().setExecutable(true)).isTrue();
        try (Command nothing = Command.run(bin.resolve("matgate").toString(), "--version")) {
            assertThat(nothing.awaitExit(PATIENCE)).isEqualTo(2);
            assertThat(nothing.text()).contains("nothing is built here yet");
        }
        Path app = Files.createDirectory(lib.resolve("matgate"));
        try (Stream<Path> jars = Files.list(Command.ROOT.resolve("gateway/target/app"))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.createSymbolicLink(app.resolve(jar.getFileName()), jar);
            }
        }
        // One that does not fit, as after an upgrade of Java: it is left alone, and nobody hears of it.
        Files.writeString(app.resolve("start.aot"), "of another Java");
        Path link = Files.createSymbolicLink(directory.resolve("matgate"), bin.resolve("matgate"));
        try (Command version = Command.run(link.toString(), "--version")) {
            assertThat(version.awaitExit(PATIENCE)).as(version.text()).isZero();
            assertThat(version.text().strip()).matches("matgate \\d+\\.\\d+\\.\\d+\\S*");
        }
    }
}
