package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.mercury.MercuryTag;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

class OutboxTest {
    private static final Sighting SIGHTING = new Sighting(1, new Chip("300000000000000000001545"), 1, -6000);

    private static byte[] frame(Chip chip) {
        return MercuryTag.encode(
                new TagReport(chip, 1, OptionalInt.of(-6000), new ReaderTime(ReaderTime.Base.CYCLE, 295_000), 1),
                0x0016,
                false);
    }

    /** Else a parser that reads every chip wrong would be right about all of them. */
    @Test
    void theTruthIsTheChipThatWasSeenWhateverAHostReads() {
        Outbox outbox = new Outbox(2, MercuryParser::new);
        assertThat(outbox.read(SIGHTING, frame(SIGHTING.chip()))).isTrue();
        assertThatThrownBy(() -> outbox.read(SIGHTING, frame(new Chip("300000000000000000001546"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("300000000000000000001546");
    }

    @Test
    void whatIsForgottenIsNeverSaidAndMakesRoom() {
        Outbox outbox = new Outbox(1, MercuryParser::new);
        assertThat(outbox.read(SIGHTING, frame(SIGHTING.chip()))).isTrue();
        assertThat(outbox.read(SIGHTING, frame(SIGHTING.chip()))).isFalse();
        outbox.clear();
        assertThat(outbox.poll()).isEmpty();
        assertThat(outbox.reads()).isZero();
        outbox.full(true);
        assertThat(outbox.read(SIGHTING, frame(SIGHTING.chip()))).isFalse();
        outbox.full(false);
        assertThat(outbox.read(SIGHTING, frame(SIGHTING.chip()))).isTrue();
    }
}
