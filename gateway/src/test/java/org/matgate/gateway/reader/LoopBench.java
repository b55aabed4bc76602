package org.matgate.gateway.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.ReaderLink;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;

/** Runs a reader's loop on the calling thread, over scripted links, until the script says stop. */
final class LoopBench implements ReaderLink.Opener {
    static final long MILLI = 1_000_000L;

    final ManualClock clock = new ManualClock();
    final long start = clock.monotonicNanos();
    final List<Event> events = new ArrayList<>();
    final Deque<Object> openings = new ArrayDeque<>();
    final List<Long> waits = new ArrayList<>();
    Predicate<Event> room = event -> true;
    double fill;
    DoubleSupplier intakeFill = () -> fill;
    int opened;
    OptionalLong lostSince = OptionalLong.empty();
    ReaderPower power = ReaderPower.NONE;

    @Nullable ReaderFamily family;

    @Nullable ReaderLoop loop;

    private final Config.Family kind;
    private final Config.Link link;

    private LoopBench(Config.Family kind, Config.Link link) {
        this.kind = kind;
        this.link = link;
    }

    static LoopBench ipicoOnTcp() {
        return new LoopBench(Config.Family.IPICO, new Config.Link.Tcp("192.0.2.1", 10_000));
    }

    static LoopBench ipicoOnSerial() {
        return new LoopBench(Config.Family.IPICO, new Config.Link.Serial(Path.of("/dev/ttyUSB0"), 9_600));
    }

    static LoopBench r2000() {
        return new LoopBench(Config.Family.R2000, new Config.Link.Serial(Path.of("/dev/ttyUSB0"), 115_200));
    }

    static LoopBench r2000OnTcp() {
        return new LoopBench(Config.Family.R2000, new Config.Link.Tcp("192.0.2.1", 4_001));
    }

    static LoopBench mercury() {
        return new LoopBench(Config.Family.MERCURY, new Config.Link.Serial(Path.of("/dev/ttyUSB0"), 115_200));
    }

    long ms(long millis) {
        return start + millis * MILLI;
    }

    /** The next opening gives this link. */
    ScriptedLink link(long nanosPerByte) {
        ScriptedLink scripted = new ScriptedLink(clock, nanosPerByte);
        openings.add(scripted);
        return scripted;
    }

    /** The next opening fails so. */
    LoopBench fails(String text) {
        openings.add(text);
        return this;
    }

    void run() {
        Config.Reader reader = new Config.Reader(
                new Source("mat-1", "finish", Source.Line.MAIN),
                kind,
                link,
                List.of(1),
                Optional.empty(),
                Optional.empty());
        Surroundings box = new Surroundings(clock, clock, this::offer, () -> intakeFill.getAsDouble(), false, power);
        ReaderFamily used = family == null ? ReaderFamilies.of(kind) : family;
        ReaderLoop made = new ReaderLoop(reader, used, this, box, new Random(1), lostSince, this::await);
        loop = made;
        made.run();
    }

    void stop() {
        loop().close();
    }

    ReaderLoop loop() {
        return Objects.requireNonNull(loop);
    }

    private boolean offer(Event event) {
        return room.test(event) && events.add(event);
    }

    private boolean await(long nanos) {
        waits.add(nanos);
        clock.advance(nanos);
        return false;
    }

    @Override
    public ReaderLink open() throws IOException {
        opened++;
        Object next = openings.poll();
        if (next instanceof ScriptedLink scripted) {
            return scripted;
        }
        if (next == null) {
            stop();
            throw new IOException("the script is over");
        }
        throw new IOException((String) next);
    }

    @Override
    public String toString() {
        return "script";
    }

    List<Event.TagRead> reads() {
        return events.stream()
                .filter(Event.TagRead.class::isInstance)
                .map(Event.TagRead.class::cast)
                .toList();
    }

    List<Event.ReaderState> states() {
        return events.stream()
                .filter(Event.ReaderState.class::isInstance)
                .map(Event.ReaderState.class::cast)
                .toList();
    }

    List<Gap> gaps(Gap.Cause cause) {
        return states().stream()
                .flatMap(state -> state.gaps().stream())
                .filter(gap -> gap.cause() == cause)
                .toList();
    }
}
