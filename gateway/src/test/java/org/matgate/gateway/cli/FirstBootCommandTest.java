package org.matgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.gateway.config.Config;

@Timeout(60)
class FirstBootCommandTest extends FirstBootBench {
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
                        + "matgate.toml: TAKEN\r\n  Box Größe, 1 reader (m), 1 engine (central). It is " + config
                        + " from now on.\r\nmatgate-code.txt: TAKEN\r\n  Engine central at results.example.org:7300 is in "
                        + config + ".\r\n  The file is removed, as it is a secret.\r\n");
        assertThat(said.out()).contains("matgate.toml: TAKEN", "matgate-code.txt: TAKEN");
        assertThat(said.out() + said.err() + answer()).doesNotContain(CODE.token());
        assertThat(Files.readString(data.resolve("first-boot"))).doesNotContain(CODE.token());
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

    @Test
    void whatWasTakenIsTakenOnceMoreAfterAnotherWasRefused() throws Exception {
        drop("matgate.toml", BASE);
        taken(run());
        drop("matgate.toml", BASE.replace("timing_point", "timing_pont"));
        assertThat(run().exit()).isEqualTo(3);
        assertThat(answer()).contains("matgate.toml: NOT TAKEN");
        drop("matgate.toml", BASE);
        taken(run());
        assertThat(answer()).contains("matgate.toml: TAKEN");
    }

    @Test
    void aBoxWithoutAConfigurationTakesTheSameOnceMore() throws Exception {
        drop("matgate.toml", BASE);
        taken(run());
        Files.delete(config);
        taken(run());
        assertThat(loaded().box().name()).isEqualTo("Größe");
    }

    @Test
    void aDirectoryThatTheServiceMayNotWriteToIsToldOf() throws Exception {
        drop("matgate.toml", BASE.replace("[box]\n", "[box]\ndata = \"/srv/race\"\n"));
        taken(run());
        assertThat(answer()).contains("Its data directory is /srv/race", "ReadWritePaths=/srv/race");
    }

    /** The power went as it was being removed. */
    @Test
    void aCodeThatWasWrittenOverIsRemovedWithoutAWord() throws Exception {
        drop("matgate.toml", BASE);
        taken(run());
        Path spent = drop("matgate-code.txt", "\0".repeat(80));
        Said said = run();
        taken(said);
        assertThat(said.out()).contains("nothing new");
        assertThat(spent).doesNotExist();
    }

    /** The data directory is the service's, which may have been broken into; this runs as root. */
    @Test
    void aLinkInTheDataDirectoryLeadsNowhere() throws Exception {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "as it was");
        Files.createSymbolicLink(data.resolve("first-boot"), elsewhere);
        drop("matgate.toml", BASE);
        taken(run());
        assertThat(elsewhere).hasContent("as it was");
        assertThat(Files.isSymbolicLink(data.resolve("first-boot"))).isFalse();
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
        // Also if the service refused what somebody has made of the file since.
        Files.writeString(config, Files.readString(config).replace("timing_point", "timing_pont"));
        drop("matgate.toml", BASE.replace("Größe", "c"));
        taken(run());
        assertThat(loaded().engines()).extracting(Config.Engine::token).containsExactly(CODE.token());
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
}
