package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.status.StatusServer;
import org.matgate.protocol.stream.JournalId;

/** The crew's commands for journals, on real files, through the socket of what serves them. */
@Timeout(120)
class JournalCommandTest extends JournalCommandCase {
    @Test
    void aNewOneBeginsBesideTheServiceAndAFileIsSaved() throws Exception {
        JournalId first = written(LATER, 12);
        try (Journal journal = open(LATER);
                StatusServer server = served(journal, List::of)) {
            assertThat(journal.id()).as("served by %s", server).isEqualTo(first);
            assertThat(run("journal", "new")).as(out.toString()).isZero();
            assertThat(journal.id()).isNotEqualTo(first);
            assertThat(out.toString()).contains("OK: journal " + journal.id() + " has begun");
            taken(journal, 1);
        }
        String copy = directory.resolve("copy.db").toString();
        assertThat(run("journal", "copy", copy)).isZero();
        StringWriter said = new StringWriter();
        int exit = Matgate.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(
                        "journal",
                        "salvage",
                        copy,
                        "--to",
                        directory.resolve("saved").toString());
        assertThat(exit).as(said.toString()).isZero();
        assertThat(said.toString())
                .contains("journal " + first + " of box: 12 events saved, the last is 12", "0 rows were damaged");
    }

    @Test
    void theFileIsDescribedAndCopiedButNothingOverwritten() throws Exception {
        written(BOOT, 5);
        assertThat(run("journal", "info")).isZero();
        assertThat(out.toString())
                .contains("journal.db, version ", "events   5: 5 gun", "from     1970-01-01 00:00:00 UTC")
                .containsPattern("write-ahead log \\d+ MB");
        assertThat(run("journal", "info", "--json")).isZero();
        assertThat(out.toString()).contains("{\"kind\":\"gun\",\"events\":5}", "\"last_utc\":\"1970-01-01T00:00:00.");

        Path copy = directory.resolve("copy.db");
        assertThat(run("journal", "copy", copy.toString())).isZero();
        assertThat(out.toString()).contains("copied 5 events to " + copy);
        byte[] bytes = Files.readAllBytes(copy);
        assertThat(run("journal", "copy", copy.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("copy.db is there already and is not overwritten");
        assertThat(copy).hasBinaryContent(bytes);
        assertThat(run("journal", "copy", directory.resolve("no/copy.db").toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("there is no directory");
        try (var files = Files.list(directory)) {
            assertThat(files).as("no half file").containsExactlyInAnyOrder(copy, data());
        }
    }

    @Test
    void wrongCallsSayWhatIsRight() throws Exception {
        assertThat(run("journal", "list")).isEqualTo(2);
        assertThat(out.toString()).contains("there is no ", "journal.db: name the box's data directory");
        JournalId first = written(BOOT, 5);
        assertThat(run("journal", "delete", "xyz")).isEqualTo(2);
        assertThat(out.toString()).contains("no journal's id begins with 'xyz'; there are: " + first);
        assertThat(run("journal", "new")).isZero();
        JournalId second = written(BOOT, 5);
        assertThat(run("journal", "delete", "")).isEqualTo(2);
        assertThat(out.toString()).contains(first.toString(), second.toString());
    }
}
