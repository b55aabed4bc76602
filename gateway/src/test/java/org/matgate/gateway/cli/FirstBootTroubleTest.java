package org.matgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions and disks that take nothing, owners, names that are not meant, and the lamp. */
@Timeout(60)
class FirstBootTroubleTest extends FirstBootBench {
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
        Path blocked = Files.createSymbolicLink(directory.resolve("etc"), directory.resolve("is/not/there"));
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

    /** What the disk does not give may name the engine that the box is enrolled at. */
    @Test
    void aFormerConfigurationThatCannotBeReadIsNotReplaced() throws Exception {
        Files.createDirectories(config);
        drop("matgate.toml", BASE);
        assertThat(run().exit()).isEqualTo(1);
        assertThat(answer()).contains("matgate.toml: FAILED", "cannot be read: ", "tried again at the next start");
        assertThat(config).isDirectory();
        Files.delete(config);
        taken(run());
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
