package org.matgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.protocol.channel.EnrollCode;
import org.matgate.protocol.channel.Pin;
import org.matgate.protocol.channel.Token;
import picocli.CommandLine;

@Timeout(60)
class FirstBootCommandTest {
    private static final String BASE = """
            [box]
            name = "Größe"
            timing_point = "Zürich"

            [[reader]]
            name = "m"
            family = "ipico"
            address = "127.0.0.1:10000"
            """;

    private static final EnrollCode CODE =
            new EnrollCode("results.example.org", 7300, Pin.ofBytes(new byte[Pin.LENGTH]), Token.random());

    private static final EnrollCode OTHER =
            new EnrollCode("10.0.0.1", 7301, Pin.ofBytes(new byte[Pin.LENGTH]), Token.random());

    @TempDir
    Path directory;

    private Path boot;
    private Path data;
    private Path config;

    private record Said(int exit, String out, String err) {}

    @BeforeEach
    void make() throws IOException {
        // It would silence the log of all tests behind it.
        System.setProperty("matgate.log", "on");
        boot = Files.createDirectory(directory.resolve("boot"));
        data = Files.createDirectory(directory.resolve("data"));
        config = directory.resolve("etc").resolve("matgate.toml");
    }

    @AfterEach
    void logAsUsual() {
        System.clearProperty("matgate.log");
    }

    private Said run() {
        return run("--from", boot.toString(), "--config", config.toString(), "--data", data.toString());
    }

    private static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new FirstBootCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    private Path drop(String name, String text) throws IOException {
        return Files.writeString(boot.resolve(name), text);
    }

    private String answer() throws IOException {
        return Files.readString(boot.resolve("matgate-answer.txt"));
    }

    private void taken(Said said) {
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
    }

    private Config loaded() throws Exception {
        return ConfigLoader.load(config);
    }

    @Test
    void bothAreTakenAnsweredAndTheCodeIsGone() throws Exception {
        drop("matgate.toml", BASE);
        Path code = drop("matgate-code.txt", "# from the office\r\n  " + CODE.text() + "  \r\n\r\n");
        Said said = run();
        taken(said);
        assertThat(loaded().box().name()).isEqualTo("Größe");
        assertThat(loaded().engines()).singleElement().satisfies(engine -> {
            assertThat(engine.name()).isEqualTo("central");
            assertThat(engine.token()).isEqualTo(CODE.token());
            assertThat(engine.pin()).contains(CODE.pin());
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
                .isEqualTo("rw-------");
        assertThat(Files.getOwner(config)).isEqualTo(Files.getOwner(data));
        assertThat(directory.resolve("etc").toFile().list()).containsExactly("matgate.toml");
        assertThat(code).doesNotExist();
        assertThat(boot.toFile().list()).containsExactlyInAnyOrder("matgate.toml", "matgate-answer.txt");
        assertThat(answer())
                .isEqualTo("\uFEFFWhat the box made of the files on this partition\r\n\r\n"
                        + "matgate.toml: TAKEN\r\n  Box Größe, 1 reader, 1 engine. It is " + config
                        + " from now on.\r\nmatgate-code.txt: TAKEN\r\n  Engine central at results.example.org:7300 is in "
                        + config + ".\r\n  The file is removed, as it is a secret.\r\n");
        assertThat(said.out()).contains("matgate.toml: TAKEN", "matgate-code.txt: TAKEN");
        assertThat(said.out() + said.err() + answer()).doesNotContain(CODE.token());
        assertThat(Files.readString(data.resolve("first-boot"))).doesNotContain(CODE.token());
    }

    /** As it is in the field: root takes things in, another user runs the service. */
    @Test
    void whatIsMadeBelongsToTheServicesUser() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
        UserPrincipal nobody =
                data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(data, nobody);
        drop("matgate.toml", BASE);
        drop("matgate-code.txt", CODE.text());
        taken(run());
        assertThat(Files.getOwner(config)).isEqualTo(nobody);
        assertThat(data.toFile().list()).containsExactly("first-boot");
        assertThat(Files.getOwner(data.resolve("first-boot"))).isEqualTo(nobody);
    }

    @Test
    void onlyWhatIsNewIsTakenAndWithoutFilesNothingHappens() throws Exception {
        Said nothing = run();
        taken(nothing);
        assertThat(nothing.out()).contains("nothing new in " + boot);
        assertThat(boot.toFile().list()).isEmpty();
        assertThat(config).doesNotExist();
        drop("matgate.toml", BASE);
        taken(run());
        String first = answer();
        // What the crew does on the box afterwards is not undone by the file that is still there.
        Files.writeString(config, BASE.replace("Größe", "changed here"));
        Files.delete(boot.resolve("matgate-answer.txt"));
        assertThat(run().out()).contains("nothing new");
        assertThat(loaded().box().name()).isEqualTo("changed here");
        assertThat(boot.toFile().list()).containsExactly("matgate.toml");
        drop("matgate.toml", BASE.replace("Größe", "b"));
        taken(run());
        assertThat(loaded().box().name()).isEqualTo("b");
        drop("matgate.toml", BASE);
        taken(run());
        assertThat(loaded().box().name()).isEqualTo("Größe");
        assertThat(answer()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MATGATE.TOML", "Matgate.toml.txt", "matgate.toml.TXT"})
    void namesAreInAnyCaseAndMayHaveTheEndingThatNotepadAdds(String name) throws Exception {
        drop(name, BASE);
        drop(
                name.replace("matgate", "Matgate").contains("txt") ? "MATGATE-CODE.TXT.txt" : "Matgate-Code.txt",
                CODE.text());
        taken(run());
        assertThat(loaded().engines()).hasSize(1);
        assertThat(answer()).contains(name + ": TAKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-8 mark", "UTF-16LE mark", "UTF-16BE mark", "windows-1252"})
    void whateverTheEditorWrites(String how) throws Exception {
        String text = (how.contains("mark") ? "\uFEFF" : "") + BASE.replace("\n", "   \r\n");
        Files.write(boot.resolve("matgate.toml"), text.getBytes(Charset.forName(how.replace(" mark", ""))));
        Files.write(
                boot.resolve("matgate-code.txt"),
                ((how.contains("mark") ? "\uFEFF" : "") + CODE.text() + "\r\n")
                        .getBytes(Charset.forName(how.replace(" mark", ""))));
        taken(run());
        assertThat(loaded().box())
                .extracting(Config.Box::name, Config.Box::timingPoint)
                .containsExactly("Größe", "Zürich");
        assertThat(loaded().engines()).hasSize(1);
        assertThat(Files.readString(config)).doesNotContain("\r", "\uFEFF");
        assertThat(answer().contains("read as Windows-1252")).isEqualTo(how.equals("windows-1252"));
    }

    @Test
    void aWrongConfigurationLeavesTheOldOneAndIsToldWithItsPlaces() throws Exception {
        drop("matgate.toml", BASE);
        taken(run());
        String before = Files.readString(config);
        drop("matgate.toml", "\uFEFF" + BASE.replace("\n", "\r\n") + "  antenas = [1]\r\nfamly = \"x\"\r\n");
        Said said = run();
        assertThat(said.exit()).isEqualTo(3);
        assertThat(config).hasContent(before);
        assertThat(answer())
                .contains(
                        "matgate.toml: NOT TAKEN\r\n  matgate.toml:9:3: [[reader]] antenas: is not known; did you mean"
                                + " antennas?\r\n  matgate.toml:10:1: [[reader]] famly: is not known",
                        "The box goes on with the configuration that it had. Correct it")
                .doesNotContain(".new");
        assertThat(said.out()).contains("matgate.toml:9:3: ");
        String told = answer();
        assertThat(run().exit()).as("as long as it is wrong").isEqualTo(3);
        assertThat(answer()).isEqualTo(told);
        drop("matgate.toml", BASE.replace("\"m\"", "“m”"));
        assertThat(run().exit()).isEqualTo(3);
        assertThat(answer())
                .contains("matgate.toml:6:8: there is a typographic quotation mark “; want the straight one \"");
        drop("matgate.toml", BASE + "\u0000");
        assertThat(run().exit()).isEqualTo(3);
        assertThat(answer()).contains("is no plain text");
        assertThat(config).hasContent(before);
        drop("MATGATE.TOML", BASE);
        assertThat(run().exit()).isEqualTo(3);
        assertThat(answer()).contains("there are MATGATE.TOML and matgate.toml");
    }

    @Test
    void aWrongFirstConfigurationIsToldAndTheCodeWaitsForARightOne() throws Exception {
        drop("matgate.toml", "[box\n");
        Path code = drop("matgate-code.txt", CODE.text());
        Said said = run();
        assertThat(said.exit()).isEqualTo(3);
        assertThat(config).doesNotExist();
        assertThat(code).exists();
        assertThat(answer())
                .contains(
                        "matgate.toml:1:",
                        "The box has no configuration yet, and reads nothing",
                        "matgate-code.txt: NOT TAKEN");
        drop("matgate.toml", BASE);
        taken(run());
        assertThat(code).doesNotExist();
        assertThat(loaded().engines()).hasSize(1);
    }

    @Test
    void aCodeAloneIsPutIntoWhatIsThereAndADamagedOneStays() throws Exception {
        drop("matgate.toml", BASE);
        taken(run());
        Path code = drop("matgate-code.txt", "\n " + CODE.text().replace("7300", "7301") + "\n");
        assertThat(run().exit()).isEqualTo(3);
        assertThat(code).exists();
        assertThat(answer()).contains("matgate-code.txt:2:2: the code was damaged on the way");
        assertThat(loaded().engines()).isEmpty();
        drop("matgate-code.txt", CODE.text());
        taken(run());
        drop("matgate-code.txt", OTHER.text());
        taken(run());
        assertThat(loaded().engines()).extracting(Config.Engine::host).containsExactly("10.0.0.1");
        assertThat(Files.readString(config)).startsWith(BASE);
    }

    @Test
    void aConfigurationThatNamesNoEngineDoesNotPartTheBoxFromItsOwn() throws Exception {
        drop("matgate.toml", BASE);
        drop("matgate-code.txt", CODE.text());
        taken(run());
        drop("matgate.toml", BASE.replace("Größe", "b"));
        taken(run());
        assertThat(loaded().box().name()).isEqualTo("b");
        assertThat(loaded().engines()).extracting(Config.Engine::token).containsExactly(CODE.token());
        assertThat(answer()).contains("It names no engine, so what the box knew stays: central.");
        String own = "[[engine]]\nname = \"mine\"\naddress = \"127.0.0.1:7300\"\ntoken = \"secret words\"\n";
        drop("matgate.toml", BASE + own);
        taken(run());
        assertThat(loaded().engines()).extracting(Config.Engine::name).containsExactly("mine");
        assertThat(answer()).contains("IT HOLDS A TOKEN").doesNotContain("secret words");
        // Without its pin this engine is refused; the code beside it has that.
        drop("matgate.toml", BASE + "[[engine]]\nname = \"central\"\naddress = \"results.example.org:1\"\n");
        drop("matgate-code.txt", CODE.text());
        taken(run());
        assertThat(loaded().engines()).extracting(Config.Engine::port).containsExactly(7300);
    }

    @Test
    void whatCannotBeRemovedOrAnsweredIsTold() throws Exception {
        drop("matgate.toml", BASE);
        // In the way of the answer's unfinished file.
        Files.writeString(
                Files.createDirectory(boot.resolve("matgate-answer.new")).resolve("x"), "");
        Said said = run();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("matgate-answer.txt cannot be written", "read-only, or full?");
        assertThat(loaded().box().name()).isEqualTo("Größe");
        assertThat(run().out()).contains("nothing new");
    }

    @Test
    void aConfigurationThatCannotBeWrittenIsTriedAgain() throws Exception {
        Path blocked = Files.writeString(directory.resolve("etc"), "a file where a directory is to be");
        drop("matgate.toml", BASE);
        drop("matgate-code.txt", CODE.text());
        Said said = run();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(answer()).contains("matgate.toml: FAILED", "cannot be written, and is as it was");
        assertThat(boot.resolve("matgate-code.txt")).exists();
        Files.delete(blocked);
        taken(run());
        assertThat(loaded().engines()).hasSize(1);
    }

    @Test
    void misspeltNamesAndWrongCallsAreTold() throws Exception {
        drop("matgate (1).toml", BASE);
        drop("enrol.txt", CODE.text());
        drop("config.txt", "the firmware's");
        Said said = run();
        taken(said);
        assertThat(answer())
                .contains(
                        "enrol.txt: NOT LOOKED AT\r\n  If it is for the box, call it matgate.toml or matgate-code.txt.")
                .contains("matgate (1).toml: NOT LOOKED AT")
                .doesNotContain("config.txt");
        assertThat(run("--from", directory.resolve("none").toString()).exit()).isEqualTo(2);
        Said noData = run(
                "--from", boot.toString(), "--data", directory.resolve("none").toString());
        assertThat(noData.exit()).isEqualTo(2);
        assertThat(noData.err()).contains("there is no data directory");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLampAnswersOnce(boolean right) throws Exception {
        Path pins = Files.createDirectory(directory.resolve("pins"));
        String lamp = BASE + "[simulation]\nenabled = true\npins = \"" + pins
                + "\"\n[gpio]\ndriver = \"simulated\"\n[gpio.lamp]\nline = 23\nactive = \"low\"\n";
        drop("matgate.toml", lamp);
        taken(run());
        if (!right) {
            Files.deleteIfExists(pins.resolve("out"));
            drop("matgate.toml", lamp + "oops = 1\n");
            assertThat(run().exit()).isEqualTo(3);
        }
        long lit = Files.readAllLines(pins.resolve("out")).stream()
                .filter(line -> line.endsWith(" 23 0"))
                .count();
        assertThat(lit).isEqualTo(right ? 3 : 15);
        Files.delete(pins.resolve("out"));
        assertThat(run().exit()).isEqualTo(right ? 0 : 3);
        assertThat(pins.resolve("out")).as("the same is not answered twice").doesNotExist();
    }

    /** A real partition, read-only or too small; only where this user may mount one. */
    @ParameterizedTest
    @ValueSource(strings = {"ro", "full"})
    void aPartitionThatTakesNothing(String how) throws Exception {
        Path notes = directory.resolve("notes");
        String prepare = "mount -t tmpfs -o size=16k none '" + boot + "' && printf %s \"$TOML\" >'" + boot
                + "/matgate.toml' && printf %s \"$CODE\" >'" + boot + "/matgate-code.txt' && ";
        String trouble = how.equals("ro")
                ? "mount -o remount,ro '" + boot + "'"
                : "{ cat /dev/zero >'" + boot + "/firmware' 2>/dev/null || true; }";
        String command = String.join(
                " ",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m --enable-native-access=ALL-UNNAMED -cp \"$JARS\" org.matgate.gateway.Matgate first-boot --from",
                "'" + boot + "' --config '" + config + "' --data '" + data + "'");
        ProcessBuilder builder = new ProcessBuilder(
                "unshare",
                "-m",
                "sh",
                "-c",
                prepare + trouble + " && touch '" + notes + "' && { " + command + "; echo exit $?; ls '" + boot
                        + "'; }");
        builder.environment().put("TOML", BASE);
        builder.environment().put("CODE", CODE.text());
        builder.environment().put("JARS", System.getProperty("java.class.path"));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Assumptions.assumeTrue(Files.exists(notes), () -> "this user may not mount: " + output);
        assertThat(output).contains("matgate.toml: TAKEN", "matgate-code.txt: TAKEN");
        assertThat(loaded().engines()).hasSize(1);
        if (how.equals("ro")) {
            assertThat(output)
                    .contains(
                            "IT IS A SECRET AND CANNOT BE REMOVED HERE",
                            "matgate-answer.txt cannot be written",
                            "exit 1");
        } else {
            assertThat(output).doesNotContain("CANNOT BE REMOVED").doesNotContain("matgate-code.txt\n");
        }
    }
}
