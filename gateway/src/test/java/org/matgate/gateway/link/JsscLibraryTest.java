package org.matgate.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each in a process of its own, as jSSC loads its library once in a process. */
@Timeout(60)
class JsscLibraryTest {
    /** Begins what the process says; a log may be between. */
    private static final String SAYS = "says: ";

    @TempDir
    Path scratch;

    @Test
    void aSerialPortIsOpenedWithTheLibraryThatIsKept() throws Exception {
        Path kept = scratch.resolve("native");
        Path temporary = Files.createDirectory(scratch.resolve("tmp"));
        for (int start = 0; start < 2; start++) {
            assertThat(run(temporary, kept)).containsExactly("opened", "mapped " + kept.resolve("libjssc.so"));
            assertThat(kept.resolve("libjssc.so")).isNotEmptyFile();
        }
    }

    @Test
    void whereItIsNotKeptItIsUnpackedForOnce() throws Exception {
        Path temporary = Files.createDirectory(scratch.resolve("tmp"));
        Path file = Files.writeString(scratch.resolve("file"), "no directory");
        assertThat(run(temporary, file.resolve("native"))).first().isEqualTo("opened");
    }

    @Test
    void whereThereIsNoRoomItIsToldAndTriedAgain() throws Exception {
        Path missing = scratch.resolve("later");
        List<String> said = run(missing, scratch.resolve("native"), missing.toString());
        assertThat(said).hasSize(3);
        assertThat(said.getFirst())
                .startsWith("/dev/pts/")
                .contains("jSSC's native library has no room in " + missing, "make room", "tried again");
        assertThat(said.get(1)).isEqualTo("opened");
    }

    private static List<String> run(Path temporary, Path kept, String... later) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Opening.class.getName(),
                kept.toString()));
        command.addAll(List.of(later));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines()
                    .filter(line -> line.startsWith(SAYS))
                    .map(line -> line.substring(SAYS.length()))
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Opens a pseudo-terminal; with a second word tries twice, and makes the directory of that name in between. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] args) throws Exception {
            LinkOpeners.keepLibraryIn(Path.of(args[0]));
            try (PseudoTerminal terminal = PseudoTerminal.open()) {
                if (args.length > 1) {
                    say(terminal);
                    Files.createDirectory(Path.of(args[1]));
                }
                say(terminal);
            }
            Files.readAllLines(Path.of("/proc/self/maps")).stream()
                    .filter(line -> line.contains("jssc") && line.contains("/"))
                    .map(line -> SAYS + "mapped " + line.substring(line.indexOf('/')))
                    .distinct()
                    .forEach(System.out::println);
        }

        private static void say(PseudoTerminal terminal) {
            try {
                new SerialOpener(terminal.port(), 115_200).open().close();
                System.out.println(SAYS + "opened");
            } catch (IOException e) {
                System.out.println(SAYS + e.getMessage());
            }
        }
    }
}
