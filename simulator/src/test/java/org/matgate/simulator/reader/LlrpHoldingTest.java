package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.reader.LlrpBench.*;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpCommand.EnableEventsAndReports;
import org.matgate.protocol.llrp.LlrpConfig.EventNotificationState;
import org.matgate.protocol.llrp.LlrpConfig.EventsAndReports;
import org.matgate.protocol.llrp.LlrpConfig.KeepaliveSpec;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpEvent.ConnectionAttempt;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpTag.Field;
import org.matgate.simulator.reader.ReaderModel.Seen;

/** Reports and events that wait in an LLRP reader for a client that asks for them. */
@Timeout(30)
class LlrpHoldingTest {
    private final LlrpBench client = new LlrpBench(LlrpOptions.DEFAULT.withBufferedReads(10));

    @BeforeEach
    void reads() {
        client.connect(0);
        client.subscribe(EventNotificationState.REPORT_BUFFER_FILL, EventNotificationState.ANTENNA);
        client.set(KeepaliveSpec.every(1000));
        client.read(every());
    }

    private static List<Long> times(List<LlrpMessage> said) {
        return tags(said).stream()
                .map(tag -> (tag.value(Field.Kind.FIRST_SEEN_UTC).orElseThrow() - UTC / 1000) / 1000)
                .toList();
    }

    private static List<Long> millis(long... all) {
        return LongStream.of(all).boxed().toList();
    }

    @Test
    void whatIsSeenWithNobodyThereWaitsAndComesFirst() {
        client.holdReports();
        client.sees(10, 1);
        client.disconnect(20);
        assertThat(client.sees(30, 1)).isEqualTo(Seen.TAKEN);
        client.reader.antennaCut(4, true, at(40));
        assertThat(client.until(500)).as("nothing to nobody").isEmpty();
        assertThat(client.bench.outbox.reads()).isEqualTo(2);
        assertThat(client.reader.waiting()).isFalse();
        assertThat(events(client.connect(600))).containsExactly(new ConnectionAttempt(ConnectionAttempt.SUCCESS));
        client.sees(700, 1);
        assertThat(client.until(1600))
                .as("answers and signs of life do not wait")
                .singleElement()
                .isInstanceOf(LlrpMessage.Keepalive.class);
        client.done(LlrpCommand.GetRoSpecs::new);
        List<LlrpMessage> released = client.tell(EnableEventsAndReports::new);
        assertThat(times(released)).isEqualTo(millis(10, 30, 700));
        assertThat(events(released)).containsExactly(new LlrpEvent.Antenna(LlrpEvent.Antenna.DISCONNECTED, 4));
        client.sees(1700, 1);
        assertThat(times(client.until(1800))).isEqualTo(millis(1700));
    }

    @Test
    void aConnectionLostBeforeTheReleaseChangesNothing() {
        client.holdReports();
        client.disconnect(20);
        client.sees(30, 1);
        client.connect(100);
        client.sees(110, 1);
        client.disconnect(200);
        client.sees(210, 1);
        client.connect(300);
        assertThat(client.until(400)).isEmpty();
        assertThat(times(client.tell(EnableEventsAndReports::new))).isEqualTo(millis(30, 110, 210));
    }

    @Test
    void withoutBeingToldToHoldItGoesToWhoeverIsThere() {
        client.disconnect(20);
        client.sees(30, 1);
        assertThat(times(client.until(100))).as("spoken to nobody").isEqualTo(millis(30));
        List<LlrpMessage> again = client.connect(200);
        assertThat(times(again)).isEmpty();
        client.sees(210, 1);
        assertThat(times(client.until(300))).isEqualTo(millis(210));
    }

    @Test
    void theGreetingComesFirstWhateverWaits() {
        client.sees(10, 1);
        client.reader.advance(at(50));
        List<LlrpMessage> said = client.connect(60);
        assertThat(said.getFirst()).isInstanceOf(LlrpMessage.ReaderEvent.class);
        assertThat(times(said)).isEqualTo(millis(10));
    }

    @Test
    void whatNobodyHeardIsPutBackBeforeWhatIsNewer() {
        client.holdReports();
        client.sees(10, 1);
        client.reader.advance(at(50));
        client.sees(60, 1);
        client.reader.advance(at(100));
        Outgoing unheard = client.bench.outbox.poll().orElseThrow();
        assertThat(client.bench.outbox.keeps()).isTrue();
        client.bench.outbox.putBack(unheard);
        client.disconnect(110);
        client.sees(120, 1);
        client.connect(200);
        assertThat(times(client.tell(EnableEventsAndReports::new))).isEqualTo(millis(10, 60, 120));
    }

    @Test
    void whatWasSaidToTheLastClientAloneIsNotSaidToTheNext() {
        byte[] question = new LlrpCommand.GetRoSpecs(1).encode();
        client.reader.heard(question, question.length, at(1));
        client.reader.advance(at(5000));
        client.disconnect(5001);
        assertThat(client.connect(5002)).singleElement().isInstanceOf(LlrpMessage.ReaderEvent.class);
    }

    @Test
    void holdingEndsWithTheNextConnectionAfterItWasSwitchedOff() {
        client.holdReports();
        client.disconnect(20);
        client.sees(30, 1);
        client.connect(100);
        client.set(new EventsAndReports(false));
        assertThat(client.until(200)).isEmpty();
        client.disconnect(300);
        assertThat(times(client.said())).as("spoken to nobody").isEqualTo(millis(30));
    }

    @Test
    void theMemoryIsFiniteAndItsLevelIsTold() {
        client.holdReports();
        client.disconnect(20);
        for (int i = 0; i < 10; i++) {
            assertThat(client.sees(30 + i, 1)).isEqualTo(Seen.TAKEN);
        }
        assertThat(client.sees(40, 1)).isEqualTo(Seen.OVERFLOWED);
        assertThat(client.sees(41, 1)).isEqualTo(Seen.OVERFLOWED);
        client.connect(100);
        List<LlrpMessage> released = client.tell(EnableEventsAndReports::new);
        assertThat(tags(released)).hasSize(10);
        assertThat(events(released))
                .containsExactlyInAnyOrder(new LlrpEvent.BufferLevel(80), new LlrpEvent.BufferOverflow());
        assertThat(client.sees(200, 1)).isEqualTo(Seen.TAKEN);
        client.bench.outbox.full(true);
        assertThat(client.sees(201, 1)).isEqualTo(Seen.OVERFLOWED);
        assertThat(events(client.said())).as("again, after it had been emptied").hasSize(1);
    }
}
