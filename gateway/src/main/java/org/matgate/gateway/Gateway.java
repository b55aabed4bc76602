package org.matgate.gateway;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.matgate.gateway.cli.RunCommand;
import org.matgate.gateway.cli.Version;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.BoxClocks;
import org.matgate.gateway.clock.Chrony;
import org.matgate.gateway.clock.ClockWatch;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.gpio.Pins;
import org.matgate.gateway.journal.EventSink;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.link.LinkOpeners;
import org.matgate.gateway.pulse.Pulse;
import org.matgate.gateway.reader.ReaderLoop;
import org.matgate.gateway.reader.Surroundings;
import org.matgate.gateway.status.BoxLine;
import org.matgate.gateway.status.Order;
import org.matgate.gateway.status.Report;
import org.matgate.gateway.status.ServiceManager;
import org.matgate.gateway.status.ServiceReport;
import org.matgate.gateway.status.StatusServer;
import org.matgate.gateway.uplink.Uplink;
import org.matgate.gateway.uplink.UplinkIdentity;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service, put together by hand in the order in which a read travels: readers, stamps, journal, uplinks.
 * Thread-safe.
 */
final class Gateway implements RunCommand.Service {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    /** How long a stop waits for the last commit, and then for engines to take what is committed. */
    private static final Duration LAST_COMMIT = Duration.ofSeconds(3);

    private static final Duration LAST_DELIVERY = Duration.ofSeconds(3);

    private final Config config;
    private final BoxClock clock;
    private final Journal journal;
    private final ClockWatch watch;
    private final EventLoopGroup loops;
    private final ExecutorService disk;
    private final List<Uplink> uplinks = new ArrayList<>();
    private final List<ReaderLoop> readers = new ArrayList<>();
    private final Pins pins;
    private final long startedNanos;
    private Optional<StatusServer> status = Optional.empty();
    private Optional<DiskWatch> diskWatch = Optional.empty();
    private Optional<ServiceManager> manager = Optional.empty();

    /**
     * Starts the service.
     *
     * @throws IOException if the clock or the journal cannot be opened; the text says why and what to do
     */
    static Gateway start(Config config) throws IOException {
        return start(config, UnaryOperator.identity());
    }

    /** @param way what all events pass on their way to the journal: itself, but in tests that break it */
    static Gateway start(Config config, UnaryOperator<EventSink> way) throws IOException {
        BoxClock clock = BoxClocks.open(config.simulation().clock());
        Journal journal = Journal.open(new Journal.Opening(
                config.box().data(),
                config.box().name(),
                clock.bootId(),
                MachineId.read(Path.of("/")),
                clock.read().utcNanos(),
                config.journal().commitInterval(),
                config.journal().reserveBytes(),
                config.journal().forced()));
        try {
            EventSink sink = way.apply(journal);
            Gateway gateway = new Gateway(config, clock, journal, sink);
            gateway.begin(sink);
            return gateway;
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private Gateway(Config config, BoxClock clock, Journal journal, EventSink way) throws IOException {
        this.config = config;
        this.clock = clock;
        this.journal = journal;
        startedNanos = clock.monotonicNanos();
        watch = ClockWatch.start(clock, Chrony.of(clock), journal.clockStates(clock.bootId()), way::offer);
        loops = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("uplink"), NioIoHandler.newFactory());
        disk = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("journal-pages").factory());
        Pins.BoxTeller teller = (condition, detail) -> journal.offer(boxState(condition, detail));
        pins = new Pins(config, new Pins.Box(clock, watch, way, journal, () -> report().verdict(), teller));
    }

    private void begin(EventSink way) throws IOException {
        // What is saved of a damaged file may be another.
        boolean firstJournal =
                !journal.status().care().salvaging() && journal.journals().size() == 1;
        tell(boxState(BoxCondition.STARTED, config.readers().size() + " readers"));
        Uplink.Shared shared = new Uplink.Shared(identity(), journal, loops, disk, new BoxTime(clock, watch));
        for (Config.Engine engine : config.engines()) {
            Uplink uplink = new Uplink(engine, shared, new Random(), new EngineWishes(clock, watch, pins, journal));
            uplinks.add(uplink);
            uplink.start();
        }
        if (config.readers().stream().anyMatch(reader -> reader.link() instanceof Config.Link.Serial)) {
            LinkOpeners.keepLibraryIn(config.box().data().toAbsolutePath().resolve("native"));
        }
        Surroundings surroundings = new Surroundings(clock, watch, way, journal::fillLevel, false, pins);
        for (Config.Reader reader : config.readers()) {
            ReaderLoop loop = new ReaderLoop(
                    reader,
                    LinkOpeners.of(reader.link()),
                    surroundings,
                    new Random(),
                    listeningLostSince(reader.source().reader(), firstJournal));
            readers.add(loop);
            loop.start();
        }
        pins.start();
        Order.Handler orders = new JournalOrders(
                config.box().data(),
                journal,
                new Uplinks(List.copyOf(uplinks)),
                new CrewOrders(clock.bootId(), watch, journal));
        diskWatch = Optional.of(DiskWatch.start(
                journal,
                (condition, detail) -> journal.offer(boxState(condition, detail)),
                (detail, reads) -> journal.offerAhead(boxState(BoxCondition.READS_LOST, detail, reads))));
        status = StatusServer.start(config.box().data(), this::report, orders);
        Supplier<String> brief = () -> report().brief();
        manager = ServiceManager.start(System.getenv(), ProcessHandle.current().pid(), pulses(), brief);
    }

    List<Pulse> pulses() {
        return Pulses.of(readers, journal, loops.next());
    }

    private Report report() {
        return ServiceReport.of(new ServiceReport.Snapshot(
                new BoxLine.Box(
                        config.box().name(),
                        Version.software(),
                        ProcessHandle.current().pid(),
                        config.simulation().enabled()),
                config,
                watch,
                watch.status(),
                clock.monotonicNanos(),
                startedNanos,
                readers.stream().map(ReaderLoop::status).toList(),
                pins.lines(),
                journal.status(),
                uplinks.stream().map(Uplink::status).toList()));
    }

    /** Since when nobody has listened to the reader: what an earlier process in this boot heard last, or a former boot. */
    private OptionalLong listeningLostSince(String reader, boolean firstJournal) {
        OptionalLong heard = journal.lastHeardMonotonicNanos(reader);
        return heard.isPresent() || (firstJournal && !journal.continued()) ? heard : OptionalLong.of(0);
    }

    private UplinkIdentity identity() {
        List<String> timingPoints = config.readers().stream()
                .map(reader -> reader.source().timingPoint())
                .distinct()
                .toList();
        return new UplinkIdentity(
                config.box().name(),
                Version.software(),
                timingPoints,
                clock.bootId(),
                config.simulation().enabled());
    }

    private Event.BoxState boxState(BoxCondition condition, String detail) {
        return boxState(condition, detail, Map.of());
    }

    private Event.BoxState boxState(BoxCondition condition, String detail, Map<String, Long> readsLost) {
        return new Event.BoxState(
                watch.stamp(clock.monotonicNanos(), 0),
                condition,
                config.box().name(),
                Version.software(),
                config.simulation().enabled(),
                detail,
                readsLost);
    }

    private void tell(Event event) {
        if (!journal.offer(event)) {
            log.warn("the journal has no room for {}", event);
        }
    }

    @Override
    public String summary() {
        return config.box().name() + ": " + readers.size() + " readers, " + uplinks.size() + " engines, journal "
                + journal.id() + (journal.continued() ? " continued" : " begun")
                + config.engines().stream()
                        .filter(Config.Engine::exposed)
                        .map(engine -> ", INSECURE to " + engine.name())
                        .collect(Collectors.joining())
                + (config.simulation().enabled() ? ", SIMULATED" : "");
    }

    /** @throws IllegalStateException if the disk did not take the last events */
    @Override
    public void close() {
        manager.ifPresent(ServiceManager::stopping);
        status.ifPresent(StatusServer::close);
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            readers.forEach(reader -> closing.execute(reader::close));
            closing.execute(pins::close);
        }
        watch.close();
        diskWatch.ifPresent(DiskWatch::close);
        boolean delivered = true;
        try {
            commit(boxState(BoxCondition.STOPPING, ""));
            delivered = awaitDelivered(LAST_DELIVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        uplinks.forEach(Uplink::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        disk.shutdown();
        journal.close();
        journal.trouble().ifPresent(why -> {
            throw new IllegalStateException("the last events are not on disk: " + why);
        });
        manager.ifPresent(ServiceManager::close);
        log.info("stopped{}", delivered ? "" : "; engines lack events, which go out after the next start");
    }

    Journal journal() {
        return journal;
    }

    /** How many committed events the engine that lags most did not acknowledge, as was last published. */
    long behind() {
        return uplinks.stream()
                .map(Uplink::status)
                .mapToLong(status -> status.lacking() + status.inFlight())
                .max()
                .orElse(0);
    }

    /** Waits until every engine holds what is committed now; false if the time ran out before. */
    boolean awaitDelivered(Duration timeout) throws InterruptedException {
        long deadline = clock.monotonicNanos() + timeout.toNanos();
        boolean delivered = true;
        for (Uplink uplink : uplinks) {
            delivered &= uplink.awaitDelivered(Duration.ofNanos(Math.max(0, deadline - clock.monotonicNanos())));
        }
        return delivered;
    }

    /** Waits until the event, and so everything offered before it, is on disk. */
    private void commit(Event last) throws InterruptedException {
        CountDownLatch committed = new CountDownLatch(1);
        // Ends with the journal, right after.
        journal.subscribe((id, entries) -> {
            if (entries.stream().anyMatch(entry -> entry.event().equals(last))) {
                committed.countDown();
            }
        });
        tell(last);
        if (!committed.await(LAST_COMMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            log.warn("the last events are not on disk after {} s: {}", LAST_COMMIT.toSeconds(), journal.trouble());
        }
    }
}
