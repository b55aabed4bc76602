package org.matgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.protocol.channel.EnrollCode;
import org.matgate.protocol.channel.Pin;
import org.matgate.protocol.channel.Token;
import picocli.CommandLine;

class EnrollCommandTest {
    private static final String BASE = """
            # Ünser Ziel
            [box]
            name = "finish-a"   # kept
            data = "data"
            timing_point = "finish"

            [[reader]]
            name = "m"
            family = "ipico"
            address = "127.0.0.1:10000"
            """;

    private static final EnrollCode CODE =
            new EnrollCode("results.example.org", 7300, Pin.ofBytes(new byte[Pin.LENGTH]), Token.random());

    @TempDir
    Path directory;

    private Path file;

    private record Said(int exit, String out, String err) {}

    @AfterEach
    void logAsUsual() {
        System.clearProperty("matgate.log");
    }

    @BeforeEach
    void write() throws IOException {
        // It would silence the log of all tests behind it.
        System.setProperty("matgate.log", "on");
        file = Files.writeString(directory.resolve("matgate.toml"), BASE);
    }

    private Said enroll(String code, String... more) {
        List<String> arguments = new ArrayList<>(List.of(code, "--config", file.toString()));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new EnrollCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }

    private void unchanged(String text) throws IOException {
        assertThat(file).hasContent(text);
        assertThat(directory.toFile().list()).containsExactly("matgate.toml");
    }

    @Test
    void theEngineStandsInTheFileAndTheRestAsItWas() throws Exception {
        Said said = enroll(CODE.text());
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("OK: engine central at results.example.org:7300", "matgate check", "start");
        assertThat(Files.readString(file)).startsWith(BASE + "\n[[engine]]\nname = \"central\"\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactly("matgate.toml");
        Config.Engine engine = ConfigLoader.load(file).engines().getFirst();
        assertThat(engine.pin()).contains(CODE.pin());
        assertThat(engine.token()).isEqualTo(CODE.token());
        assertThat(engine.transport()).isEqualTo("tls");
        assertThat(said.out() + said.err()).doesNotContain(CODE.token());
    }

    @Test
    void anotherOfThatNameIsReplacedOnlyIfThatIsMeant() throws Exception {
        String with =
                BASE + "[[engine]]\r\nname = \"central\" # ours\naddress = \"old:1\"\ninsecure = true\n# a remark\n\n"
                        + "[[engine]]\nname = \"second\"\naddress = \"127.0.0.1:7301\"\ntoken = \"theirs\"\n";
        Files.writeString(file, with);
        Said refused = enroll(CODE.text());
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains(file + ":11:1: [[engine]]", "--replace", "nothing was written");
        unchanged(with);
        assertThat(enroll(CODE.text(), "--replace").exit()).isZero();
        String now = Files.readString(file);
        assertThat(now)
                .startsWith(BASE + "[[engine]]\r\n")
                .contains("name = \"central\" # ours\n# a remark\n\n[[engine]]\n");
        assertThat(now).endsWith("token = \"theirs\"\n").doesNotContain("old:1").doesNotContain("insecure");
        Config config = ConfigLoader.load(file);
        assertThat(config.engines().getFirst().token()).isEqualTo(CODE.token());
        assertThat(config.engines().getLast().token()).isEqualTo("theirs");
        assertThat(enroll(CODE.text(), "--name", "third").err()).contains("is another engine's too");
    }

    @Test
    void whatIsNoCodeOrGivesNoGoodConfigurationLeavesTheFileAlone() throws Exception {
        Said typo = enroll(CODE.text().replace("7300", "7301"));
        assertThat(typo.exit()).isEqualTo(2);
        assertThat(typo.err()).contains("damaged on the way");
        assertThat(enroll("mg1/x").err()).contains("that is no code");
        unchanged(BASE);
        Files.writeString(file, BASE + "oops = 1\n");
        Said bad = enroll(CODE.text());
        assertThat(bad.exit()).isEqualTo(2);
        assertThat(bad.err()).contains(file + ":11:1: [[reader]] oops", "nothing was written");
        unchanged(BASE + "oops = 1\n");
        String inline = "engine = [{name = \"central\", address = \"127.0.0.1:1\"}]\n" + BASE;
        Files.writeString(file, inline);
        assertThat(enroll(CODE.text(), "--replace").exit()).isEqualTo(2);
        unchanged(inline);
        Files.delete(file);
        assertThat(enroll(CODE.text()).err()).contains("there is no such file");
    }

    @Test
    void theServicesUserIsLearntFromAFileThatIsWrongElsewhere() throws Exception {
        Path data = directory.resolve("data");
        Files.writeString(file, BASE + "oops = 1\n[[engine]]\nname = 7\n");
        assertThat(ConfigLoader.dataDirectory(file)).contains(data);
        Files.writeString(file, BASE.replace("data = \"data\"", "data = 5"));
        assertThat(ConfigLoader.dataDirectory(file)).isEmpty();
        Files.writeString(file, "[box]\n");
        assertThat(ConfigLoader.dataDirectory(file)).contains(Path.of("/var/lib/matgate"));
    }

    @Test
    void whereNothingTellsTheServicesUserThatIsSaid() throws Exception {
        boolean root = Files.getOwner(file).getName().equals("root");
        assertThat(enroll(CODE.text()).out().contains("THE FILE BELONGS TO ROOT NOW"))
                .isEqualTo(root);
        Files.createDirectory(directory.resolve("data"));
        assertThat(enroll(CODE.text(), "--replace").out()).doesNotContain("BELONGS TO ROOT");
    }

    @Test
    void aLinkStaysOneAndItsFileIsWritten() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real")).resolve("box.toml");
        Files.writeString(real, BASE);
        Files.delete(file);
        Files.createSymbolicLink(file, real);
        assertThat(enroll(CODE.text()).exit()).isZero();
        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(real)).contains("[[engine]]");
    }
}
