package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.uplink.UplinkAction.ReadPage;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.Ack;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.StreamMessage.Welcome;

/** A session and a model engine through random commits, acknowledgements, lost connections and slow disks. */
@Timeout(120)
final class UplinkSimulationTest {
    private static final int STEPS = 6000;

    @RepeatedTest(20)
    void everyEventArrivesWhateverHappens() {
        World world = new World(Fixture.seed());
        for (int i = 0; i < STEPS; i++) {
            world.step();
        }
        world.settle();
    }

    /** One box, its disk, one engine, and the dice. */
    private static final class World {
        private final Random random;
        private final int window;
        private final ModelEngine engine;
        private final UplinkSession session;
        private final List<JournalSummary> disk = new ArrayList<>();
        private final Map<JournalId, SeqRanges> inFlight = new HashMap<>();
        private boolean up;
        private boolean closing;
        private @Nullable ReadPage page;
        private long now;

        World(long seed) {
            random = new Random(seed);
            window = 1 << random.nextInt(11);
            engine = new ModelEngine(random, random.nextBoolean() ? 0 : 1 + random.nextInt(600));
            session = new UplinkSession(
                    Fixture.IDENTITY,
                    "",
                    new UplinkSettings(
                            window,
                            UplinkSettings.DEFAULT.handshake(),
                            UplinkSettings.DEFAULT.patience(),
                            UplinkSettings.DEFAULT.liveness(),
                            UplinkSettings.DEFAULT.connectTimeout(),
                            UplinkSettings.DEFAULT.backoffMin(),
                            UplinkSettings.DEFAULT.backoffMax()),
                    new SentRegister());
            disk.add(new JournalSummary(new JournalId(random.nextLong(), 1), 1, random.nextInt(5000)));
            disk.add(new JournalSummary(new JournalId(random.nextLong(), 2), 1, random.nextInt(500)));
        }

        void step() {
            switch (random.nextInt(1000)) {
                case 0, 1, 2 -> disconnect();
                case 3 -> disk.addFirst(new JournalSummary(new JournalId(random.nextLong(), disk.size() + 1), 1, 0));
                case 4, 5 -> engine.resend(disk.get(random.nextInt(disk.size())).id());
                case 6, 7, 8, 9 -> perform(session.writable(random.nextInt(3) > 0));
                case 10, 11 -> pageArrives(true);
                default -> ordinaryStep();
            }
        }

        private void ordinaryStep() {
            switch (random.nextInt(8)) {
                case 0 -> connect();
                case 1 -> commit(1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 4));
                case 2, 3 -> engine.receive();
                case 4 -> engine.acknowledge();
                case 5, 6 -> boxReceives();
                default -> {
                    pageArrives(false);
                    now += 10_000_000;
                    perform(session.tick(now));
                }
            }
        }

        private void connect() {
            if (!up) {
                session.journals(disk);
                up = true;
                perform(session.connected(now));
            }
        }

        private void disconnect() {
            if (up) {
                up = false;
                closing = false;
                session.disconnected();
                engine.connectionLost();
                inFlight.clear();
            }
        }

        private void commit(int count) {
            JournalSummary current = disk.getFirst();
            long first = current.lastSeq() + 1;
            long last = first + count - 1;
            disk.set(0, new JournalSummary(current.id(), 1, last));
            if (random.nextInt(20) == 0) {
                perform(session.committedWithout(current.id(), last));
            } else {
                perform(session.committed(current.id(), Fixture.entries(current.id(), first, last)));
            }
        }

        private void boxReceives() {
            if (!engine.toBox.isEmpty()) {
                var message = engine.toBox.poll();
                if (message instanceof Ack ack) {
                    inFlight.computeIfPresent(ack.journal(), (id, sent) -> sent.minus(ack.stored()));
                }
                perform(session.received(message));
            }
        }

        private void pageArrives(boolean fails) {
            ReadPage asked = page;
            if (asked != null) {
                page = null;
                perform(
                        fails
                                ? session.pageFailed()
                                : session.pageRead(
                                        Fixture.entries(asked.journal(), asked.firstSeq(), asked.lastSeq())));
            }
        }

        private void perform(List<UplinkAction> actions) {
            for (UplinkAction action : actions) {
                assertThat(closing).as("nothing after a close: %s", action).isFalse();
                switch (action) {
                    case UplinkAction.Send send -> {
                        engine.toEngine.add(send.message());
                        if (send.message() instanceof Events events) {
                            sent(events);
                        }
                    }
                    case ReadPage read -> {
                        assertThat(page).as("one page at a time").isNull();
                        page = read;
                    }
                    case UplinkAction.Close close -> {
                        assertThat(close.reason()).startsWith("journal").endsWith("began");
                        closing = true;
                    }
                    case UplinkAction.Welcomed ignored -> {}
                    case UplinkAction.Beep other -> throw new AssertionError(other.toString());
                    case UplinkAction.EngineClock other -> throw new AssertionError(other.toString());
                    case UplinkAction.EngineAhead other -> throw new AssertionError(other.toString());
                    // A Resend that got lost.
                    case UplinkAction.Forgotten ignored -> {}
                    case UplinkAction.Foreign other -> throw new AssertionError(other.toString());
                    case UplinkAction.Superseded other -> throw new AssertionError(other.toString());
                    case UplinkAction.Undeliverable other -> throw new AssertionError(other.toString());
                }
            }
            if (closing) {
                disconnect();
            }
        }

        private void sent(Events events) {
            inFlight.merge(events.journal(), SeqRanges.of(events.firstSeq(), events.lastSeq()), SeqRanges::plus);
            assertThat(inFlight.values().stream().mapToLong(SeqRanges::size).sum())
                    .as("window")
                    .isLessThanOrEqualTo(window);
            assertThat(events.lastSeq())
                    .as("sent before it was committed")
                    .isLessThanOrEqualTo(disk.stream()
                            .filter(journal -> journal.id().equals(events.journal()))
                            .findFirst()
                            .orElseThrow()
                            .lastSeq());
        }

        /** No more faults: everything arrives, and the session knows it. */
        void settle() {
            perform(session.writable(true));
            // Calm for longer than a disk that failed is left alone.
            for (int calm = 0; calm < 15; ) {
                connect();
                engine.receive();
                engine.acknowledge();
                boxReceives();
                pageArrives(false);
                now += 100_000_000;
                perform(session.tick(now));
                calm = engine.idle() && page == null ? calm + 1 : 0;
            }
            for (JournalSummary journal : disk) {
                assertThat(ModelEngine.ranges(engine.held(journal.id()).keySet()))
                        .isEqualTo(journal.lastSeq() == 0 ? SeqRanges.EMPTY : SeqRanges.of(1, journal.lastSeq()));
            }
            assertThat(session.journals().delivered(session.journals().committed()))
                    .isTrue();
            assertThat(session.journals().status()).allSatisfy(delivery -> {
                assertThat(delivery.acknowledged()).isEqualTo(delivery.lastSeq());
                assertThat(delivery.inFlight() + delivery.lacking()).isZero();
            });
        }
    }

    @Test
    void keepsNoEventWhateverTheState() throws ReflectiveOperationException {
        UplinkSession session =
                new UplinkSession(Fixture.IDENTITY, "", UplinkSettings.DEFAULT, new SentRegister(), Fixture::fastPace);
        JournalId id = Fixture.NOW;
        session.journals(List.of(new JournalSummary(id, 1, 0)));
        commit(session, id, 0);
        assertThat(reachable(session)).noneMatch(UplinkSimulationTest::isEvent);

        session.connected(0);
        commit(session, id, 100);
        session.received(new Welcome(1, "engine", List.of(), 0, 0));
        commit(session, id, 200);
        session.pageRead(Fixture.entries(id, 1, 1024));
        Set<Object> objects = reachable(session);
        assertThat(objects).noneMatch(UplinkSimulationTest::isEvent);
        assertThat(objects).hasSizeLessThan(200);
        assertThat(session.journals().status().getFirst().inFlight())
                .as("but what the past keeps")
                .isBetween(7000L, 8192L);
    }

    private static void commit(UplinkSession session, JournalId id, int from) {
        IntStream.range(from, from + 100)
                .forEach(i -> session.committed(id, Fixture.entries(id, 1 + 100L * i, 100L * i + 100)));
    }

    private static boolean isEvent(Object object) {
        return object instanceof Event || object instanceof Entry || object instanceof Events;
    }

    /** Every object that this one leads to, through our own classes and through collections. */
    private static Set<Object> reachable(Object root) throws ReflectiveOperationException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> todo = new ArrayList<>(List.of(root));
        while (!todo.isEmpty()) {
            Object object = todo.removeLast();
            if (!seen.add(object)) {
                continue;
            }
            switch (object) {
                case Iterable<?> many -> many.forEach(todo::add);
                case Map<?, ?> map -> {
                    todo.addAll(map.keySet());
                    todo.addAll(map.values());
                }
                case Optional<?> maybe -> maybe.ifPresent(todo::add);
                default -> addFields(object, todo);
            }
        }
        return seen;
    }

    private static void addFields(Object object, List<Object> todo) throws ReflectiveOperationException {
        if (!object.getClass().getName().startsWith("org.matgate.")
                || object.getClass().isEnum()) {
            return;
        }
        for (var field : object.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            Object value = field.get(object);
            if (value != null) {
                todo.add(value);
            }
        }
    }
}
