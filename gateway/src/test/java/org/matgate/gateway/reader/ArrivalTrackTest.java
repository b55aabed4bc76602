package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.matgate.protocol.reader.FramePosition;

class ArrivalTrackTest {
    @Test
    void onASerialLineBytesCameOneAfterTheOther() {
        ArrivalTrack track = new ArrivalTrack(100);
        track.piece(50, 1_000_000, 0, 1_000_000);
        assertThat(track.of(new FramePosition(50, 10))).isEqualTo(new Arrival(999_000, 1_000_000));
        assertThat(track.of(new FramePosition(20, 20))).isEqualTo(new Arrival(995_000, 997_000));
    }

    /** A module with USB of its own sends 64 bytes at once: as if they had come over a wire, they began before they came. */
    @Test
    void whereThereIsNoWireNothingBeganBeforeTheLookThatFoundNothing() {
        ArrivalTrack track = new ArrivalTrack(0);
        long nanos = 1_000_000_000;
        for (int i = 1; i <= 200; i++) {
            long looked = nanos;
            nanos += i == 100 ? 20_000_000 : 1_000_000;
            track.piece(64, looked, 0, nanos);
            assertThat(track.of(new FramePosition(64L * i - 32, 32))).isEqualTo(new Arrival(looked, nanos, nanos));
            assertThat(track.of(new FramePosition(64L * i, 32))).isEqualTo(new Arrival(looked, nanos, nanos));
        }
    }

    @Test
    void aFrameInTwoPiecesBeganInTheFirst() {
        ArrivalTrack track = new ArrivalTrack(100);
        track.piece(4, 1_000_000, 0, 1_000_000);
        track.piece(6, 5_000_000, 0, 5_000_000);
        assertThat(track.of(new FramePosition(10, 10))).isEqualTo(new Arrival(999_600, 5_000_000));
    }

    @Test
    void aStallMakesNoPieceLaterThanTheNextOneProves() {
        ArrivalTrack track = new ArrivalTrack(100);
        track.piece(4, 9_000_000, 0, 9_000_000);
        track.piece(6, 9_000_100, 0, 9_000_100);
        assertThat(track.of(new FramePosition(4, 4))).isEqualTo(new Arrival(8_999_100, 8_999_500));
    }

    @Test
    void howLateWeWereIsSeenFromTheLookBefore() {
        ArrivalTrack track = new ArrivalTrack(100);
        track.piece(4, 700_000, 0, 1_000_000);
        track.piece(6, 900_000, 0, 5_000_000);
        assertThat(track.of(new FramePosition(10, 10))).isEqualTo(new Arrival(700_000, 999_600, 5_000_000));
        assertThat(track.of(new FramePosition(10, 6))).isEqualTo(new Arrival(900_000, 4_999_400, 5_000_000));
    }

    @Test
    void moreThanTheLineCarriesWasHeldUp() {
        ArrivalTrack track = new ArrivalTrack(100);
        track.piece(10, 499_000, 0, 500_000);
        track.piece(40, 998_400, 0, 1_000_000);
        assertThat(track.of(new FramePosition(50, 10)).sinceNanos()).isEqualTo(998_400);
        track.piece(41, 1_998_400, 0, 2_000_000);
        assertThat(track.of(new FramePosition(91, 10)).sinceNanos()).isEqualTo(1_000_000);
        assertThat(track.of(new FramePosition(61, 10)).sinceNanos()).isEqualTo(1_000_000);
        track.piece(10, 2_000_000, 0, 2_000_100);
        assertThat(track.of(new FramePosition(101, 10)).sinceNanos())
                .as("with those that were held up before it")
                .isEqualTo(1_000_000);
        track.piece(10, 2_999_000, 500, 3_000_000);
        assertThat(track.of(new FramePosition(111, 10)).sinceNanos())
                .as("it may be held up as long, and that does not show")
                .isBetween(2_999_000L - 1_000_100, 2_999_000L - 998_000);
        track.piece(10, 20_002_999_000L, 500, 20_003_000_000L);
        assertThat(track.of(new FramePosition(121, 10)).sinceNanos())
                .as("long after")
                .isEqualTo(20_002_998_500L);
    }

    @Test
    void whatCameWhileNobodyLookedWasNotHeldUp() {
        ArrivalTrack track = new ArrivalTrack(100);
        track.piece(10, 499_000, 0, 500_000);
        track.piece(60, 500_000, 0, 506_100);
        track.piece(1, 506_050, 0, 506_200);
        assertThat(track.of(new FramePosition(71, 1)).sinceNanos()).isEqualTo(506_050);
        assertThat(track.handedOnLateNanos(506_200)).isZero();
    }

    @Test
    void onTcpAPieceCameAtOnce() {
        ArrivalTrack track = new ArrivalTrack(0);
        track.piece(8, 1_000, 0, 1_000);
        track.piece(30, 2_000, 0, 2_000);
        assertThat(track.of(new FramePosition(38, 38))).isEqualTo(new Arrival(1_000, 2_000));
        assertThat(track.of(new FramePosition(38, 20))).isEqualTo(new Arrival(2_000, 2_000));
    }

    @Test
    void forgetsOnlyWhatIsLongPast() {
        ArrivalTrack track = new ArrivalTrack(0);
        for (int i = 1; i <= 1_000; i++) {
            track.piece(1, i, 0, i);
        }
        assertThat(track.of(new FramePosition(1_000, 64))).isEqualTo(new Arrival(937, 1_000));
        assertThat(track.of(new FramePosition(1_000, 200)).beganNanos()).isEqualTo(937);
    }

    @Test
    void aFrameOfTheFutureIsAFault() {
        ArrivalTrack track = new ArrivalTrack(0);
        track.piece(8, 1_000, 0, 1_000);
        assertThatThrownBy(() -> track.of(new FramePosition(9, 4))).hasMessageContaining("9 of 8");
    }
}
