package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.matgate.gateway.uplink.UplinkAction.EngineClock;

class EngineTimeTest {
    private static final long BOX = 7_000_000_000_000L;

    private final List<String> heard = new ArrayList<>();
    private OptionalLong wanted = OptionalLong.of(BOX);
    private final EngineTime time = new EngineTime("central", new UplinkListener() {
        @Override
        public OptionalLong engineClockWanted() {
            return wanted;
        }

        @Override
        public void engineClock(String engine, long asked, long utcNanos, long uncertaintyNanos) {
            heard.add(engine + " " + asked + " " + utcNanos + " " + uncertaintyNanos);
        }
    });

    @Test
    void asksEveryTwoSecondsWhileTheBoxNeedsToKnow() {
        assertThat(time.question(0, () -> 42)).get().satisfies(ping -> {
            assertThat(ping.id()).isEqualTo(BOX);
            assertThat(ping.utcNanos()).isEqualTo(42);
        });
        assertThat(time.question(EngineTime.EVERY_NANOS - 1, () -> 42)).isEmpty();
        assertThat(time.question(EngineTime.EVERY_NANOS, () -> 42)).isPresent();
        wanted = OptionalLong.empty();
        assertThat(time.question(9 * EngineTime.EVERY_NANOS, () -> 42)).isEmpty();
    }

    @Test
    void onlyTheAnswerToTheLastQuestionCountsAndOnce() {
        time.answered(new EngineClock(BOX, 1, 2));
        time.question(0, () -> 42);
        time.answered(new EngineClock(3, 1, 2)); // an answer to a Ping that only looked for life
        time.answered(new EngineClock(BOX, 1, 2));
        time.answered(new EngineClock(BOX, 9, 9));
        assertThat(heard).containsExactly("central " + BOX + " 1 2");
        time.question(EngineTime.EVERY_NANOS, () -> 42);
        time.connected(false);
        time.answered(new EngineClock(BOX, 5, 5));
        assertThat(heard).hasSize(1);
    }

    @Test
    void anEngineOnTheBoxItselfVouchesOnlyIfItSaysHowWellItKnows() {
        time.connected(true);
        time.question(0, () -> 42);
        time.answered(new EngineClock(BOX, 1, 0));
        assertThat(heard).isEmpty();
        time.question(EngineTime.EVERY_NANOS, () -> 42);
        time.answered(new EngineClock(BOX, 1, 5));
        assertThat(heard).containsExactly("central " + BOX + " 1 5");
        time.connected(false);
        time.question(2 * EngineTime.EVERY_NANOS, () -> 42);
        time.answered(new EngineClock(BOX, 1, 0));
        assertThat(heard).hasSize(2);
    }

    @Test
    void whoIsOnTheSameMachine() throws Exception {
        SocketAddress box = address("192.0.2.7");
        assertThat(EngineTime.sameMachine(address("127.0.0.1"), address("127.0.0.1")))
                .isTrue();
        assertThat(EngineTime.sameMachine(address("::1"), address("::1"))).isTrue();
        assertThat(EngineTime.sameMachine(box, address("192.0.2.7"))).isTrue();
        assertThat(EngineTime.sameMachine(box, address("192.0.2.8"))).isFalse();
        assertThat(EngineTime.sameMachine(box, null)).isFalse();
    }

    private static SocketAddress address(String literal) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(literal), 1);
    }
}
