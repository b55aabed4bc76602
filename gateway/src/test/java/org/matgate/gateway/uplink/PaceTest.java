package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

class PaceTest {
    private static final JournalId JOURNAL = new JournalId(1, 2);
    private static final long MS = 1_000_000;

    /** An engine that takes a base time for each batch and a thousand events a millisecond beside it. */
    private static Pace seen(long baseMillis) {
        Pace pace = new Pace();
        long now = 0;
        long seq = 0;
        for (int events : new int[] {1, 1000, 1000, 1000, 1000, 1000, 1000}) {
            seq += events;
            pace.sent(JOURNAL, seq, events, events > 1, now);
            now += baseMillis * MS;
            pace.acknowledged(JOURNAL, SeqRanges.of(seq - events + 1, seq), events, now);
        }
        return pace;
    }

    /** Events a millisecond over the base: 1,000; of the past as much is under way as that fills the base twice with. */
    @ParameterizedTest
    @CsvSource({"1, 2250", "10, 2250", "200, 2250", "1000, 1500"})
    void thePastDelaysALiveEventByNoMoreThanItTakesInAnyCase(long baseMillis, long most) {
        assertThat(seen(baseMillis).pastLimit(0, false, 7 * baseMillis * MS)).isBetween(most / 2, most);
    }

    @Test
    void whereNotEvenWhatIsLiveFindsRoomThePastFillsTheLine() {
        assertThat(seen(1).pastLimit(0, true, 7 * MS)).isGreaterThan(200_000);
    }
}
