package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.status.Order;
import org.matgate.gateway.status.Report;
import org.matgate.gateway.status.StatusServer;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Stamp;

/** Real journals in a directory, and the commands that the crew gives for them. */
abstract class JournalCommandCase extends DataCommandCase {
    static final UUID LATER = UUID.fromString("22222222-2222-4222-8222-222222222222");

    JournalCommandCase() {}

    final JournalId written(UUID boot, int events) throws Exception {
        try (Journal journal = open(boot)) {
            for (int i = 1; i <= events; i++) {
                assertThat(journal.offer(gun(boot, i))).isTrue();
            }
            return journal.id();
        }
    }

    static Event gun(UUID boot, long at) {
        return new Event.Gun(new Stamp(boot, at, at, 9, 0), "start", "GPIO17", true, false, 0);
    }

    static void taken(Journal journal, long seq) throws Exception {
        assertThat(journal.offer(gun(LATER, seq))).isTrue();
        while (journal.status().lastSeq() < seq) {
            Thread.sleep(5);
        }
    }

    /** What the running service answers its commands with. */
    final StatusServer served(Journal journal, JournalOrders.Engines engines) throws Exception {
        return StatusServer.start(
                        data(),
                        () -> new Report(List.of()),
                        new JournalOrders(data(), journal, engines, Order.NO_ORDERS))
                .orElseThrow();
    }
}
