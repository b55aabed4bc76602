package org.matgate.protocol.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.Ack;
import org.matgate.protocol.stream.StreamMessage.Ping;
import org.matgate.protocol.stream.StreamMessage.Pong;

@Timeout(60)
final class LiveFirstTest {
    private static final JournalId A = new JournalId(0xA, 1);
    private static final int EVENTS_A_RUN = 200;
    private static final int RUNS = 12;
    private static final long LIVE = 20_000;

    /** The store is busy with the first run of the past, and eleven more wait, as something live comes. */
    @Test
    void whatIsLiveIsStoredBeforeThePastThatCameEarlier() throws Exception {
        play((store, box) -> {
            for (int run = 0; run < RUNS; run++) {
                long first = 1 + (long) run * EVENTS_A_RUN;
                box.send(BoxClient.reads(A, first, first + EVENTS_A_RUN - 1));
            }
            box.send(BoxClient.reads(A, LIVE + 1, LIVE + 3));
            store.awaitBlocked();
            awaitReceived(box);
            store.release();

            List<SeqRanges> acks = new ArrayList<>();
            long left = RUNS * EVENTS_A_RUN + 3;
            while (left > 0) {
                if (box.receive() instanceof Ack ack) {
                    acks.add(ack.stored());
                    left -= ack.stored().size();
                }
            }
            assertThat(acks.get(0)).as("what the store had already").isEqualTo(SeqRanges.of(1, EVENTS_A_RUN));
            assertThat(acks.get(1)).isEqualTo(SeqRanges.of(LIVE + 1, LIVE + 3));
            assertThat(acks.subList(2, acks.size()))
                    .as("the rest, in several calls")
                    .hasSizeGreaterThan(1)
                    .allSatisfy(
                            ack -> assertThat(ack.size()).isLessThan(JournalLane.MOST_EVENTS_A_CALL + EVENTS_A_RUN));
        });
    }

    /** A mat that is so busy that something live waits at each call. */
    @Test
    void thePastIsNotHeldUpForGood() throws Exception {
        play((store, box) -> {
            box.send(BoxClient.reads(A, LIVE + 1, LIVE + 1));
            store.awaitBlocked();
            box.send(BoxClient.reads(A, 1, EVENTS_A_RUN));
            long live = LIVE + 1;
            SeqRanges stored = SeqRanges.EMPTY;
            for (int call = 0; call < 3; call++) {
                live++;
                box.send(BoxClient.reads(A, live, live));
                awaitReceived(box);
                store.releaseOne();
                store.awaitBlocked();
                stored = stored.plus(SeqRanges.of(store.events(A).keySet().stream()
                        .map(seq -> new SeqRanges.Range(seq, seq))
                        .toList()));
            }
            store.release();
            assertThat(stored.contains(1))
                    .as("stored after three calls: %s", stored)
                    .isTrue();
        });
    }

    private interface Play {
        void run(InMemoryEventStore store, BoxClient box) throws Exception;
    }

    /** With an engine that holds a live event, and whose store does not answer for now. */
    private static void play(Play play) throws Exception {
        InMemoryEventStore store = new InMemoryEventStore();
        try (ReadStreamServer server = ReadStreamServer.builder(store, () -> 1).start();
                BoxClient box = new BoxClient(server.address())) {
            box.open("finish", A);
            box.send(BoxClient.reads(A, LIVE, LIVE));
            box.expectAcks(A, SeqRanges.of(LIVE, LIVE));
            store.block();
            play.run(store, box);
        }
    }

    /** Answered in its turn: when the Pong comes all before the Ping has been received. */
    private static void awaitReceived(BoxClient box) throws IOException {
        box.send(new Ping(7, 1));
        while (!(box.receive() instanceof Pong)) {
            // Pings and acknowledgements of what went before
        }
    }
}
