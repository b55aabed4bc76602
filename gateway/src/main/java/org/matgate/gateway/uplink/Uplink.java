package org.matgate.gateway.uplink;

import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.JournalView;
import org.matgate.gateway.uplink.CommitHandover.Commit;
import org.matgate.gateway.uplink.UplinkAction.Retry;
import org.matgate.protocol.channel.StreamChannel;
import org.matgate.protocol.channel.Tls;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the journal to one engine, over as many connections as it takes. Everything happens on one event loop, but
 * for reading the disk and resolving names. Thread-safe.
 */
public final class Uplink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final long TICK_NANOS = Duration.ofMillis(250).toNanos();

    /** Of what is shown of a delivery: to count it up takes longer than to send a read. */
    private static final long PUBLISH_NANOS = Duration.ofMillis(20).toNanos();

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /**
     * What all uplinks of a box share.
     *
     * @param loops NIO event loops; one thread is enough
     * @param disk where pages of the journal are read; one thread is enough
     * @param clock the box's clock, for Ping and Pong: nanoseconds since 1970
     * @param register what was sent to any engine
     */
    public record Shared(
            UplinkIdentity identity,
            JournalView journal,
            EventLoopGroup loops,
            Executor disk,
            WallClock clock,
            SentRegister register) {
        /** For the uplinks of a box that has sent nothing yet. */
        public Shared(
                UplinkIdentity identity, JournalView journal, EventLoopGroup loops, Executor disk, WallClock clock) {
            this(identity, journal, loops, disk, clock, new SentRegister());
        }
    }

    private final Config.Engine engine;
    private final Shared shared;
    private final UplinkListener listener;
    private final UplinkSettings settings;
    private final EventLoop loop;
    private final CommitHandover handover = new CommitHandover();
    private volatile UplinkStatus status;
    private volatile OptionalLong lastAckNanos = OptionalLong.empty();

    // The rest belongs to the event loop.
    private final UplinkSession session;
    private final Dialer dialer;
    private final Backoff backoff;
    private final ConnectionLog log;
    private final EngineTime time;
    private final Oddities oddities;
    private final PageReader pages;
    private final DeliveryWaiters waiters = new DeliveryWaiters();
    private @Nullable AutoCloseable subscription;
    private @Nullable Future<?> ticks;
    private @Nullable Channel channel;
    private UplinkAction.@Nullable Close closing;
    private long welcomedNanos;
    private long publishedNanos;
    private boolean useful;
    private boolean closed;
    private int failures;
    private String lastError = "";

    /**
     * An uplink at rest.
     *
     * @param random spreads the retries
     */
    public Uplink(Config.Engine engine, Shared shared, RandomGenerator random, UplinkListener listener) {
        this(engine, shared, random, listener, UplinkSettings.DEFAULT);
    }

    Uplink(
            Config.Engine engine,
            Shared shared,
            RandomGenerator random,
            UplinkListener listener,
            UplinkSettings settings) {
        this.engine = engine;
        this.shared = shared;
        this.listener = listener;
        this.settings = settings;
        this.loop = shared.loops().next();
        this.session = new UplinkSession(shared.identity(), engine.token(), settings, shared.register());
        this.dialer = new Dialer(engine, shared.journal(), loop, settings, shared.clock());
        this.backoff = new Backoff(settings.backoffMin(), settings.backoffMax(), random);
        this.log = new ConnectionLog(engine.name());
        this.time = new EngineTime(engine.name(), listener);
        this.oddities = new Oddities(engine.name(), listener);
        this.pages = new PageReader(engine.name(), shared.journal(), loop, shared.disk(), new Pages());
        this.status = new UplinkStatus(engine.name(), false, "", List.of(), OptionalLong.empty(), 0, "");
    }

    /** Begins to deliver. Once. */
    public void start() {
        loop.execute(() -> {
            // Before the first look at the disk, so that nothing committed in between is missed.
            subscription = shared.journal().subscribe(new Commits());
            long tickNanos = Math.min(TICK_NANOS, settings.handshake().toNanos() / 4);
            ticks = loop.scheduleAtFixedRate(this::tick, tickNanos, tickNanos, TimeUnit.NANOSECONDS);
            dial();
        });
    }

    /** Where the delivery stands. */
    public UplinkStatus status() {
        OptionalLong acknowledged = lastAckNanos;
        return status.at(
                acknowledged.isPresent() ? OptionalLong.of(nanos() - acknowledged.getAsLong()) : OptionalLong.empty());
    }

    /**
     * Waits until the engine holds, or does not want, everything that was committed before this call.
     *
     * @return false if the time ran out or the uplink was closed before that
     */
    public boolean awaitDelivered(Duration timeout) throws InterruptedException {
        CompletableFuture<Boolean> delivered = new CompletableFuture<>();
        loop.execute(() -> {
            takeCommits();
            waiters.add(delivered);
            publish();
            if (closed) {
                waiters.giveUp();
            }
        });
        try {
            return delivered.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            delivered.complete(false);
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed exceptionally", e);
        }
    }

    /**
     * Sends nothing of this journal any more, and tells the engine that nothing of it is here: for a journal that is about
     * to be deleted. {@link #status} then says what the engine holds of it.
     *
     * @return completed once the engine knows; with false if it is not connected
     */
    public CompletableFuture<Boolean> withdraw(JournalId journal) {
        CompletableFuture<Boolean> known = new CompletableFuture<>();
        onLoop(() -> {
            boolean connected = session.streaming();
            perform(session.leaving(journal, true));
            if (connected && !closed) {
                waiters.add(known, journals -> journals.left(journal));
                publish();
            } else {
                known.complete(false);
            }
        });
        return known;
    }

    /** The journal is not deleted after all, or not all of it: what is left is offered again. */
    public void offerAgain(JournalId journal) {
        onLoop(() -> perform(session.leaving(journal, false)));
    }

    /** Nothing of the journal is left. */
    public void deleted(JournalId journal) {
        onLoop(() -> {
            session.journals().deleted(journal);
            publish();
        });
    }

    /** Ends the connection, and waits until it has ended. What was not acknowledged stays in the journal. */
    @Override
    public void close() {
        CountDownLatch done = new CountDownLatch(1);
        try {
            loop.execute(() -> {
                stop();
                done.countDown();
            });
            if (!loop.inEventLoop() && !done.await(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("engine {}: the event loop did not close within {}", engine.name(), CLOSE_TIMEOUT);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("engine {}: the event loop had ended before", engine.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        closed = true;
        waiters.giveUp();
        if (ticks != null) {
            ticks.cancel(false);
        }
        if (channel != null) {
            StreamChannel.close(channel);
        }
        if (subscription != null) {
            try {
                subscription.close();
            } catch (Exception e) {
                LOG.warn("engine {}: the journal did not let go: {}", engine.name(), describe(e));
            }
        }
    }

    /** On the journal's thread. */
    private final class Commits implements JournalView.CommitListener {
        @Override
        public void committed(JournalId journal, List<Entry> entries) {
            if (handover.offer(journal, entries)) {
                onLoop(Uplink.this::takeCommits);
            }
        }

        @Override
        public void saved() {
            onLoop(() -> perform(session.saved()));
        }
    }

    private void takeCommits() {
        session.at(nanos());
        for (Commit commit : handover.take()) {
            perform(
                    commit.entries().isEmpty()
                            ? session.committedWithout(commit.journal(), commit.lastSeq())
                            : session.committed(commit.journal(), commit.entries()));
        }
    }

    private void dial() {
        if (!closed) {
            session.listing();
            dialer.prepare(this::listed, this::connect, e -> ended(describe(e), new Retry.BackOff()));
        }
    }

    private void listed(List<JournalSummary> journals) {
        session.journals(journals);
        publish();
    }

    private void connect(InetSocketAddress address) {
        if (closed) {
            return;
        }
        dialer.connect(address, new UplinkHandler(this)).addListener(connected -> {
            if (!connected.isSuccess()) {
                ended(describe(connected.cause()), new Retry.BackOff());
            }
        });
    }

    void connected(Channel now) {
        channel = now;
        closing = null;
        useful = false;
        time.connected(EngineTime.sameMachine(now.localAddress(), now.remoteAddress()));
        if (closed) {
            StreamChannel.close(now);
        } else {
            perform(session.connected(nanos()));
        }
    }

    void received(StreamMessage message) {
        if (message instanceof StreamMessage.Ack) {
            lastAckNanos = OptionalLong.of(nanos());
        }
        session.at(nanos());
        perform(session.received(message));
        if (session.acknowledgedInSession() > 0) {
            nowUseful();
        }
    }

    void writable(boolean is) {
        session.at(nanos());
        perform(session.writable(is));
    }

    void disconnected(String reason) {
        channel = null;
        session.disconnected();
        UplinkAction.Close ours = closing;
        ended(ours == null ? reason : ours.reason(), ours == null ? new Retry.BackOff() : ours.retry());
    }

    private void tick() {
        perform(session.tick(nanos()));
        publish();
        Channel now = channel;
        if (session.streaming() && now != null && now.isWritable()) {
            time.question(nanos(), shared.clock()).ifPresent(ping -> StreamChannel.send(now, ping));
        }
        if (session.streaming()
                && nanos() - welcomedNanos >= settings.backoffMax().toNanos()) {
            nowUseful();
        }
    }

    private void nowUseful() {
        if (!useful) {
            useful = true;
            failures = 0;
            backoff.reset();
            log.useful();
            publish();
        }
    }

    private void ended(String reason, Retry retry) {
        if (closed) {
            return;
        }
        Duration delay = switch (retry) {
            case Retry.BackOff ignored -> backoff.next();
            case Retry.After after -> after.delay();
            // Not zero: an error of ours must not become a storm.
            case Retry.AtOnce ignored -> settings.backoffMin();
        };
        if (retry instanceof Retry.AtOnce) {
            LOG.info("engine {}: greeting anew: {}", engine.name(), reason);
        } else {
            failures++;
            lastError = reason;
            log.failed(reason);
        }
        publish();
        Future<?> next = loop.schedule(this::dial, delay.toNanos(), TimeUnit.NANOSECONDS);
        LOG.debug("engine {}: next try in {}, {}", engine.name(), delay, next);
    }

    private void perform(List<UplinkAction> actions) {
        boolean sent = false;
        for (UplinkAction action : actions) {
            switch (action) {
                case UplinkAction.Send send -> sent |= write(send.message());
                case UplinkAction.ReadPage page -> pages.read(page);
                case UplinkAction.Close close -> close(close);
                case UplinkAction.Welcomed welcomed -> welcomed(welcomed);
                case UplinkAction.Beep beep -> listener.beep(engine.name(), beep.seconds());
                case UplinkAction.EngineClock clock -> time.answered(clock);
                case UplinkAction.EngineAhead ahead -> oddities.ahead(ahead);
                case UplinkAction.Forgotten what -> oddities.forgotten(what);
                case UplinkAction.Foreign what -> oddities.foreign(what);
                case UplinkAction.Superseded what -> oddities.superseded(what);
                case UplinkAction.Undeliverable what -> oddities.undeliverable(what);
            }
        }
        if (sent && channel != null) {
            channel.flush();
        }
        if (nanos() - publishedNanos >= PUBLISH_NANOS) {
            publish();
        }
    }

    private boolean write(StreamMessage message) {
        if (message instanceof StreamMessage.Hello) {
            oddities.greeted();
        }
        if (channel != null) {
            StreamChannel.speak(channel.pipeline(), session.version());
            StreamChannel.compressBatches(channel.pipeline(), session.compress());
            channel.write(message).addListener(FIRE_EXCEPTION_ON_FAILURE);
        }
        return true;
    }

    private void close(UplinkAction.Close close) {
        closing = close;
        if (channel != null) {
            StreamChannel.close(channel);
        }
    }

    private void welcomed(UplinkAction.Welcomed welcomed) {
        welcomedNanos = nanos();
        log.welcomed("connected to '" + welcomed.engine() + "' at " + (channel == null ? "" : channel.remoteAddress())
                + ", " + welcomed.lacking() + " events to deliver, at most " + welcomed.windowEvents() + " in flight");
    }

    private final class Pages implements PageReader.Reader {
        @Override
        public void pageRead(List<Entry> entries) {
            session.at(nanos());
            perform(session.pageRead(entries));
        }

        @Override
        public void pageFailed() {
            session.at(nanos());
            perform(session.pageFailed());
        }
    }

    private void publish() {
        publishedNanos = nanos();
        status = new UplinkStatus(
                engine.name(),
                session.streaming(),
                session.engineSays(),
                session.journals().status(),
                OptionalLong.empty(),
                failures,
                lastError,
                oddities.notice());
        waiters.settle(session.journals());
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("engine {}: the event loop has ended", engine.name(), e);
        }
    }

    private static long nanos() {
        return Ticker.systemTicker().nanoTime();
    }

    /** What went wrong, in one line for a log. */
    static String describe(Throwable cause) {
        String message = cause.getMessage();
        return Tls.explain(cause).orElse(message == null ? cause.getClass().getSimpleName() : message);
    }
}
