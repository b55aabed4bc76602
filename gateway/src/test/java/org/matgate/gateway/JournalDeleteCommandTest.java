package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

/** {@code matgate journal delete}, on real files and through the socket of what serves it. */
@Timeout(120)
class JournalDeleteCommandTest extends JournalCommandCase {
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
        assertThat(out.toString()).contains("nobody knows what engines hold. ", "--force");

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
        List<UplinkStatus> engines = new CopyOnWriteArrayList<>(List.of(engine("", first, 0, 30)));
        try (Journal journal = open(LATER);
                StatusServer server = served(journal, () -> List.copyOf(engines))) {
            assertThat(journal.id()).as("served by %s", server).isEqualTo(second);
            taken(journal, 11);
            assertThat(run("journal", "delete", first.toString(), "--yes")).isEqualTo(1);
            assertThat(out.toString()).contains("central one has not said since the service started");
            engines.clear();
            engines.addAll(List.of(engine("central 1", first, 25, 5), engine("x", second, 9, 1)));
            assertThat(run("journal", "list")).isZero();
            assertThat(out.toString()).contains("engine central one holds 25, lacks 5");
            String beginning = first.toString().substring(0, 12);
            assertThat(run("journal", "delete", beginning, "--yes")).isEqualTo(1);
            assertThat(out.toString()).contains("central one lacks 5 events of it", "--force");
            engines.set(0, engine("central 1", first, 30, 0));
            engines.removeLast();
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
        JournalId first = told(1);
        assertThat(run("journal", "new")).isZero();
        JournalId second = written(BOOT, 3);
        assertThat(run("journal", "delete", first.toString(), "--yes", "--force"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("journal " + first + " tells the time of events in " + second + ", the current one: keep it");
        assertThat(run("journal", "new")).isZero();
        JournalId third = written(LATER, 1);
        assertThat(run("journal", "delete", first.toString(), "--yes", "--force"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("delete that first, or both: matgate journal delete " + second + " " + first);
        assertThat(run("journal", "delete", first.toString(), second.toString(), third.toString(), "--yes", "--force"))
                .isEqualTo(1);
        assertThat(out.toString()).contains(third + " is the current one").doesNotContain("OK");
        // Twice the same is that one.
        assertThat(run("journal", "delete", first.toString(), second.toString(), first.toString(), "--yes", "--force"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("OK: journal " + first, "OK: journal " + second);
        assertThat(run("journal", "verify")).as(out.toString()).isZero();
    }

    /** The running service repeats what it knows of the clock in each journal that it begins. */
    @Test
    void ofTheJournalsOfOneBootTheOlderGoFirst() throws Exception {
        JournalId first;
        JournalId second;
        try (Journal journal = open(BOOT);
                StatusServer server = served(journal, List::of)) {
            first = journal.id();
            journal.offer(piece(1));
            assertThat(run("journal", "new")).as("%s by %s", out, server).isZero();
            second = journal.id();
            journal.offer(piece(2));
            assertThat(run("journal", "new")).as(out.toString()).isZero();
            journal.offer(gun(BOOT, 5));
        }
        assertThat(run("journal", "new")).isZero();
        written(LATER, 1);
        for (JournalId id : List.of(first, second)) {
            assertThat(run("journal", "delete", id.toString(), "--yes", "--force"))
                    .as(out.toString())
                    .isZero();
        }
    }

    /** What repeats its clock goes with it, and a third, of the same boot, would be left without. */
    @Test
    void aTwinThatGoesAsWellTellsNothing() throws Exception {
        JournalId first = told(1);
        assertThat(run("journal", "new")).isZero();
        JournalId second = told(1);
        assertThat(run("journal", "new")).isZero();
        JournalId third = written(BOOT, 2);
        assertThat(run("journal", "new")).isZero();
        written(LATER, 1);
        assertThat(run("journal", "delete", first.toString(), second.toString(), "--yes", "--force"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("tells the time of events in " + third)
                .doesNotContain("OK");
        assertThat(run("journal", "delete", first.toString(), "--yes", "--force"))
                .as(out.toString())
                .isZero();
    }

    /** Whoever is told of by the other goes first, however they are named: a deletion may be broken off. */
    @Test
    void theOneThatTellsGoesLast() throws Exception {
        JournalId teller = told(1);
        assertThat(run("journal", "new")).isZero();
        JournalId second = written(BOOT, 2);
        assertThat(run("journal", "new")).isZero();
        written(LATER, 1);
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((teller + "\n" + second + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("journal", "delete", teller.toString(), second.toString(), "--force"))
                    .as(out.toString())
                    .isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString().replaceAll("\\R", " "))
                .matches(".*OK: journal " + second + " is deleted.*OK: journal " + teller + " is deleted.*");
    }

    private JournalId told(long edition) throws Exception {
        try (Journal journal = open(BOOT)) {
            assertThat(journal.offer(piece(edition))).isTrue();
            return journal.id();
        }
    }

    private static Event piece(long edition) {
        return new Event.ClockState(
                new Stamp(BOOT, edition, edition, 9, 0),
                edition,
                edition,
                0,
                edition,
                edition,
                5,
                0,
                9,
                0,
                ClockSource.CHRONY,
                "synchronised");
    }

    private static UplinkStatus engine(String says, JournalId journal, long held, long lacking) {
        UplinkStatus.Delivery delivery =
                new UplinkStatus.Delivery(journal, held + lacking, held, 0, lacking, 0, 0, false, false);
        return new UplinkStatus("central one", true, says, List.of(delivery), OptionalLong.empty(), 0, "");
    }
}
