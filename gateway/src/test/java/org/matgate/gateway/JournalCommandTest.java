package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.status.JournalDeletion;
import org.matgate.gateway.status.Order;
import org.matgate.gateway.status.Report;
import org.matgate.gateway.status.StatusServer;
import org.matgate.gateway.uplink.UplinkStatus;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Stamp;
import picocli.CommandLine;

/** The crew's commands for journals, on real files, through the socket of what serves them. */
@Timeout(120)
class JournalCommandTest {
    private static final UUID BOOT = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID LATER = UUID.fromString("22222222-2222-4222-8222-222222222222");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();

    JournalCommandTest() {}

    @BeforeAll
    static void keepLogging() {
        System.setProperty("matgate.log", "on");
    }

    @AfterAll
    static void asItWas() {
        System.clearProperty("matgate.log");
    }

    @Test
    void aJournalIsListedEndedAndDeletedOnceEnginesHoldIt() throws Exception {
        JournalId first = written(BOOT, 30);
        assertThat(run("journal", "list")).isZero();
        assertThat(out.toString())
                .contains(first + "  box, begun 1970-01-01 00:00:00 UTC, CURRENT", "30 events, 1 to 30, 0 reads")
                .contains("what engines hold is not known: no service runs");
        assertThat(run("journal", "delete", first.toString(), "--yes", "--force"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("is the current one", "matgate journal new");

        assertThat(run("journal", "new")).isZero();
        assertThat(out.toString()).contains("OK: journal " + first + " is ended; the next start begins a new one");
        JournalId second = written(LATER, 10);
        assertThat(second).isNotEqualTo(first);
        assertThat(run("journal", "delete", first.toString(), "--yes")).isEqualTo(1);
        assertThat(out.toString()).contains("nobody knows what engines hold of it", "--force");

        deletedThroughTheService(first, second);
        assertThat(run("journal", "list", "--json")).isZero();
        assertThat(out.toString())
                .doesNotContain(first.toString())
                .contains("\"journal\":\"" + second + "\"", "\"current\":true", "\"events\":12", "\"last_seq\":12")
                .contains("\"engines_known\":false");
        assertThat(run("journal", "verify")).isZero();
        assertThat(out.toString()).contains("OK    12 events read, the structure of the file checked");
    }

    private void deletedThroughTheService(JournalId first, JournalId second) throws Exception {
        AtomicReference<List<UplinkStatus>> engines = new AtomicReference<>(List.of(engine("", first, 0, 30)));
        try (Journal journal = open(LATER);
                StatusServer server = StatusServer.start(
                                data(),
                                () -> new Report(List.of()),
                                new JournalOrders(data(), journal, engines::get, Order.NO_ORDERS))
                        .orElseThrow()) {
            assertThat(journal.id()).as("served by %s", server).isEqualTo(second);
            taken(journal, 11);
            assertThat(run("journal", "delete", first.toString(), "--yes")).isEqualTo(1);
            assertThat(out.toString()).contains("central one has not said since the service started");
            engines.set(List.of(engine("central 1", first, 25, 5), engine("x", second, 9, 1)));
            assertThat(run("journal", "list")).isZero();
            assertThat(out.toString()).contains("engine central one holds 25, lacks 5");
            String beginning = first.toString().substring(0, 12);
            assertThat(run("journal", "delete", beginning, "--yes")).isEqualTo(1);
            assertThat(out.toString()).contains("central one lacks 5 events of it", "--force");
            engines.set(List.of(engine("central 1", first, 30, 0)));
            assertThat(run("journal", "delete", beginning, "--yes"))
                    .as(out.toString())
                    .isZero();
            assertThat(out.toString()).contains("OK: journal " + first + " is deleted, with 30 events");
            assertThat(journal.journals()).hasSize(1);
            // Its own writer goes on.
            taken(journal, 12);
        }
    }

    @Test
    void aNewOneBeginsBesideTheServiceAndAFileIsSaved() throws Exception {
        JournalId first = written(LATER, 12);
        try (Journal journal = open(LATER);
                StatusServer server = StatusServer.start(
                                data(),
                                () -> new Report(List.of()),
                                new JournalOrders(data(), journal, List::of, Order.NO_ORDERS))
                        .orElseThrow()) {
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
    void anEngineThatWasNeverReachedIsNotTakenToHoldAll() throws Exception {
        JournalId first = written(BOOT, 30);
        assertThat(run("journal", "new")).isZero();
        JournalId second = written(LATER, 10);
        UplinkStatus unreached = new UplinkStatus(
                "far away",
                false,
                "",
                engine("", second, 0, 10).journals(),
                OptionalLong.empty(),
                3,
                "the name of the engine is not known");
        List<UplinkStatus> engines = List.of(engine("central 1", first, 30, 0), unreached);
        Journal opened = open(LATER);
        JournalOrders orders = new JournalOrders(data(), opened, () -> engines, Order.NO_ORDERS);
        try (Journal journal = opened;
                StatusServer server = StatusServer.start(data(), () -> new Report(List.of()), orders)
                        .orElseThrow()) {
            assertThat(journal.id()).as("served by %s", server).isEqualTo(second);
            assertThat(run("journal", "list")).isZero();
            assertThat(out.toString())
                    .contains("30 events", "engine central one holds all, engine far away: not known")
                    .contains("engine central one: not known, it was not reached since the start, engine far away");
            assertThat(run("journal", "list", "--json")).isZero();
            assertThat(out.toString()).contains("{\"engine\":\"far away\",\"known\":false}");
            assertThat(run("journal", "delete", first.toString(), "--yes")).isEqualTo(1);
            assertThat(out.toString()).contains("far away has not said since the service started", "--force");
            // Whoever asks the service past the command hears the same.
            assertThat(orders.perform(new Order(JournalDeletion.VERB, List.of(first.toString(), "false"))))
                    .matches(reply -> !reply.done() && reply.text().contains("far away has not said"));
            assertThat(journal.journals()).hasSize(2);
            assertThat(run("journal", "delete", first.toString(), "--yes", "--force"))
                    .isZero();
        }
    }

    @Test
    void aJournalThatTellsTheTimeOfAnothersEventsIsKept() throws Exception {
        JournalId first;
        try (Journal journal = open(BOOT)) {
            first = journal.id();
            journal.offer(new Event.ClockState(
                    new Stamp(BOOT, 1, 1, 9, 0), 1, 1, 0, 1, 1, 5, 0, 9, 0, ClockSource.CHRONY, "synchronised"));
        }
        assertThat(run("journal", "new")).isZero();
        written(BOOT, 3);
        assertThat(run("journal", "delete", first.toString(), "--yes", "--force"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("other journals hold events of boot " + BOOT, "delete those first");
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

    private Path data() {
        return directory.resolve("data");
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        CommandLine command =
                Matgate.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--data";
        all[words.length + 1] = data().toString();
        return command.execute(all);
    }

    private Journal open(UUID boot) throws Exception {
        return Journal.open(new Journal.Opening(data(), "box", boot, "machine", 0, Duration.ZERO));
    }

    private JournalId written(UUID boot, int events) throws Exception {
        try (Journal journal = open(boot)) {
            for (int i = 1; i <= events; i++) {
                assertThat(journal.offer(gun(boot, i))).isTrue();
            }
            return journal.id();
        }
    }

    private static Event gun(UUID boot, long at) {
        return new Event.Gun(new Stamp(boot, at, at, 9, 0), "start", "GPIO17", true, false, 0);
    }

    private static void taken(Journal journal, long seq) throws Exception {
        assertThat(journal.offer(gun(LATER, seq))).isTrue();
        while (journal.status().lastSeq() < seq) {
            Thread.sleep(5);
        }
    }

    private static UplinkStatus engine(String says, JournalId journal, long held, long lacking) {
        UplinkStatus.Delivery delivery =
                new UplinkStatus.Delivery(journal, held + lacking, held, 0, lacking, 0, 0, false);
        return new UplinkStatus("central one", true, says, List.of(delivery), OptionalLong.empty(), 0, "");
    }
}
