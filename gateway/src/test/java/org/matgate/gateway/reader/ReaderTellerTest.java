package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.AntennaCondition;
import org.matgate.protocol.stream.Event.AntennaState;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Event.ReaderState;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;

class ReaderTellerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Source SOURCE = new Source("finish-1", "finish", Source.Line.MAIN);

    private final ManualClock clock = new ManualClock();
    private final List<Event> events = new ArrayList<>();
    private final ReaderTeller teller = new ReaderTeller(SOURCE, clock, events::add);

    @Test
    void aFlutteringReaderDoesNotFlood() {
        long changes = 0;
        for (int i = 0; i < 6_000; i++) {
            clock.advance(SECOND / 100);
            teller.phase(i % 2 == 0 ? ReaderPhase.READING : ReaderPhase.DEGRADED, "", clock.monotonicNanos());
            changes++;
        }
        assertThat(events).hasSizeBetween(60, 90);
        clock.advance(2 * SECOND);
        teller.flush(clock.monotonicNanos());
        ReaderState last = (ReaderState) events.getLast();
        assertThat(last.phase()).as("the last state is told").isEqualTo(ReaderPhase.DEGRADED);
        assertThat(last.detail()).contains("more times");
        assertThat(changes).isGreaterThan(events.size());
    }

    @Test
    void aFlutteringAntennaDoesNotFloodAndItsLastConditionIsTold() {
        for (int i = 0; i < 6_000; i++) {
            clock.advance(SECOND / 100);
            AntennaCondition now = i % 2 == 0 ? AntennaCondition.CONNECTED : AntennaCondition.DISCONNECTED;
            teller.antenna(
                    new AntennaState(clock.stamp(clock.monotonicNanos(), 1), SOURCE, 1 + i / 2 % 4, now, ""),
                    clock.monotonicNanos());
        }
        assertThat(events).hasSizeBetween(60, 90);
        for (int i = 0; i < 5; i++) {
            clock.advance(SECOND);
            teller.flush(clock.monotonicNanos());
        }
        for (int antenna = 1; antenna <= 4; antenna++) {
            int number = antenna;
            assertThat(events.stream()
                            .map(AntennaState.class::cast)
                            .filter(state -> state.antenna() == number)
                            .reduce((a, b) -> b)
                            .orElseThrow()
                            .condition())
                    .isEqualTo(AntennaCondition.DISCONNECTED);
        }
    }

    @Test
    void noGapIsForgottenWhateverElseIsTold() {
        long counted = 0;
        for (int i = 0; i < 3_000; i++) {
            clock.advance(SECOND / 100);
            long now = clock.monotonicNanos();
            teller.phase(i % 2 == 0 ? ReaderPhase.READING : ReaderPhase.DEGRADED, "", now);
            teller.gap(new PendingGap(Gap.Cause.BAD_FRAME, now - 5, now, 1, "bad"));
            counted++;
            teller.flush(now);
        }
        teller.flushAll(clock.monotonicNanos());
        assertThat(teller.allTold()).isTrue();
        assertThat(events.stream()
                        .map(ReaderState.class::cast)
                        .flatMap(state -> state.gaps().stream())
                        .mapToLong(Gap::count)
                        .sum())
                .isEqualTo(counted);
        assertThat(events).hasSizeLessThan(80);
    }
}
