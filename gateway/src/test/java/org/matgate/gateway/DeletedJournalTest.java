package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.status.JournalBeginning;
import org.matgate.gateway.status.JournalDeletion;
import org.matgate.gateway.status.Order;
import org.matgate.gateway.status.Order.Reply;
import org.matgate.gateway.uplink.Uplink;
import org.matgate.protocol.receiver.ReadStreamServer;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/** What the crew deletes on the box is still with the engine, whatever that is asked for afterwards. */
@Timeout(120)
class DeletedJournalTest extends EngineCase {
    @Test
    void whatIsDeletedOnTheBoxIsNotGivenUpByAnEngineThatIsAskedToHaveItSentAgain() throws Exception {
        try (ReadStreamServer server = serve(0);
                Journal journal = open(BOOT);
                Uplink uplink = uplink(journal, BOOT, server.address().getPort())) {
            JournalId first = journal.id();
            commit(journal, BOOT, 1, 300);
            uplink.start();
            JournalOrders orders = orders(journal, uplink);
            assertThat(orders.perform(new Order(JournalBeginning.VERB, List.of()))
                            .done())
                    .isTrue();
            commit(journal, BOOT, 301, 310);
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();

            assertThat(delete(orders, first, false)).isEqualTo(new Reply(true, "0"));
            assertThat(journal.journals()).hasSize(1);
            resend(server, first);
            assertThat(store.events(first)).hasSize(300);
            commit(journal, BOOT, 311, 320);
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            assertThat(uplink.status().journals()).hasSize(1);
        }
    }

    @Test
    void anEngineThatIsAwayHasToBeBackFirst() throws Exception {
        try (Journal journal = open(BOOT)) {
            JournalId first = journal.id();
            commit(journal, BOOT, 1, 300);
            int port;
            Uplink uplink;
            try (ReadStreamServer server = serve(0)) {
                port = server.address().getPort();
                uplink = uplink(journal, BOOT, port);
                uplink.start();
                journal.beginAnew("for the test");
                commit(journal, BOOT, 301, 310);
                assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            }
            try (uplink) {
                while (uplink.status().connected()) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                JournalOrders orders = orders(journal, uplink);
                Reply refused = delete(orders, first, false);
                assertThat(refused.done()).isFalse();
                assertThat(refused.text())
                        .startsWith("central is not connected now")
                        .contains("--force");
                assertThat(journal.read(first, 1, 1000, 1000)).hasSize(300);
                try (ReadStreamServer back = serve(port)) {
                    while (!uplink.status().connected()) {
                        TimeUnit.MILLISECONDS.sleep(5);
                    }
                    // Taken back: the engine may ask for it.
                    assertThat(back.resend(first, SeqRanges.of(1, 300))
                                    .get(20, TimeUnit.SECONDS)
                                    .size())
                            .isEqualTo(300);
                    assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
                    // Again there: the box may not have heard yet that it was given up.
                    while (store.events(first).size() < 300) {
                        TimeUnit.MILLISECONDS.sleep(5);
                    }
                    while (uplink.status().lacking() + uplink.status().inFlight() > 0) {
                        TimeUnit.MILLISECONDS.sleep(5);
                    }
                    assertThat(delete(orders, first, false)).isEqualTo(new Reply(true, "0"));
                }
                assertThat(store.events(first)).hasSize(300);
            }
        }
    }

    private JournalOrders orders(Journal journal, Uplink uplink) {
        return new JournalOrders(data(), journal, new Uplinks(List.of(uplink)), Order.NO_ORDERS);
    }

    private static Reply delete(JournalOrders orders, JournalId journal, boolean force) {
        return orders.perform(new Order(JournalDeletion.VERB, List.of(journal.toString(), Boolean.toString(force))));
    }

    /** Asks for all of it; none is there, or no box. */
    private static void resend(ReadStreamServer server, JournalId journal) throws Exception {
        try {
            assertThat(server.resend(journal, SeqRanges.of(1, 1000))
                            .get(20, TimeUnit.SECONDS)
                            .isEmpty())
                    .isTrue();
        } catch (ExecutionException e) {
            assertThat(e).hasMessageContaining("its box");
        }
    }
}
