package org.matgate.protocol.receiver;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.matgate.protocol.channel.Liveness;
import org.matgate.protocol.channel.StreamChannel;
import org.matgate.protocol.channel.Tls;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.WallClock;

/**
 * The engine's end of the read stream: boxes dial in, what they send ends up in an {@link EventStore} exactly once.
 * Thread-safe.
 *
 * <p>One event loop serves all boxes and holds all state; only the store works on other threads.
 */
public final class ReadStreamServer implements AutoCloseable {
    /** Acknowledgements are small; a box that lets this much lie is not read until it has taken it. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 << 10, 64 << 10);

    private static final int SEND_BUFFER_BYTES = 64 << 10;

    private static final int BACKLOG = 128;

    /** What a server is made of; {@link Builder} says what each is. */
    record Setup(
            InetSocketAddress bind,
            String engine,
            EventStore store,
            Admission admission,
            SessionListener listener,
            WallClock clock,
            int windowEvents,
            long sinceUtcNanos,
            Limits limits,
            Liveness liveness,
            Optional<EngineKey> key) {}

    private final MultiThreadIoEventLoopGroup loop;
    private final OffLoop offLoop;
    private final ChannelGroup channels;
    private final Tally tally = new Tally();
    private final Lanes lanes;
    private final Sessions sessions;
    private final InetSocketAddress address;

    private ReadStreamServer(Setup setup) throws IOException {
        loop = new MultiThreadIoEventLoopGroup(
                1,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("read-stream").daemon().factory()),
                NioIoHandler.newFactory());
        offLoop = new OffLoop(loop);
        channels = new DefaultChannelGroup(loop.next());
        lanes = new Lanes(setup.store(), offLoop, setup.limits(), tally);
        sessions = new Sessions(setup, lanes, tally);
        Optional<Tls> tls = setup.key().map(EngineKey::tls);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channels.add(channel);
                        StreamChannel.install(
                                channel.pipeline(),
                                setup.liveness(),
                                setup.clock(),
                                setup.limits().firstMessageBytes());
                        tls.ifPresent(secure -> secure.secure(channel));
                        channel.pipeline()
                                .addFirst(new StrangerBytes(setup.limits().strangerBytes()));
                        channel.pipeline().addLast("session", new Session(sessions, channel));
                    }
                })
                .bind(setup.bind())
                .awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure != null) {
            close();
            throw new IOException("cannot listen on " + setup.bind() + ": " + failure.getMessage(), failure);
        }
        channels.add(bound.channel());
        Future<?> unused = loop.next().scheduleAtFixedRate(sessions::minute, 1, 1, TimeUnit.MINUTES);
        address = (InetSocketAddress) bound.channel().localAddress();
    }

    /**
     * Begins a server.
     *
     * @param clock this machine's clock, nanoseconds since 1970: boxes without a clock of their own may go by it
     */
    public static Builder builder(EventStore store, WallClock clock) {
        return new Builder(store, clock);
    }

    /** Where it listens, with the true port. */
    public InetSocketAddress address() {
        return address;
    }

    /** What it has seen so far. */
    public Counters counters() {
        return tally.read();
    }

    /**
     * Has a box send events again: they are dropped from the store and its ledger, then asked for. Only what the box has
     * said that it holds is dropped.
     *
     * @return what was asked for; fails if no box with this journal is connected, or if the store fails
     */
    public CompletableFuture<SeqRanges> resend(JournalId journal, SeqRanges ranges) {
        CompletableFuture<SeqRanges> asked = new CompletableFuture<>();
        loop.execute(() -> again(journal, ranges, asked));
        return asked;
    }

    private void again(JournalId journal, SeqRanges ranges, CompletableFuture<SeqRanges> asked) {
        JournalLane lane = lanes.find(journal);
        if (lane == null) {
            asked.completeExceptionally(new IllegalStateException("journal " + journal + ": its box is not connected"));
        } else {
            lane.resend(ranges, asked);
        }
    }

    /**
     * As {@link #resend(JournalId, SeqRanges)}, of what the store holds of a span of time. By which clock is the store's
     * word, see {@link EventStore#between}.
     *
     * @param fromUtcNanos the first moment
     * @param untilUtcNanos the first moment after it
     */
    public CompletableFuture<SeqRanges> resend(JournalId journal, long fromUtcNanos, long untilUtcNanos) {
        CompletableFuture<SeqRanges> asked = new CompletableFuture<>();
        loop.execute(() -> offLoop.run(
                () -> lanes.store().between(journal, fromUtcNanos, untilUtcNanos),
                ranges -> again(journal, ranges, asked),
                asked::completeExceptionally));
        return asked;
    }

    /**
     * Makes a box heard, so that it can be found.
     *
     * @return how many connected boxes of that name were told
     */
    public CompletableFuture<Integer> beep(String box, int seconds) {
        return CompletableFuture.supplyAsync(() -> sessions.beep(box, seconds), loop);
    }

    /**
     * Asks the {@link Admission} again about every box that it has let in, and ends the sessions of those that it does not
     * let in any more: to be called when a token was revoked.
     *
     * @return how many sessions were ended
     */
    public CompletableFuture<Integer> recheck() {
        return CompletableFuture.supplyAsync(sessions::recheck, loop);
    }

    /** Ends all connections and waits for calls to the store that run; what they stored is not acknowledged any more. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
        offLoop.close();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Collects what a server is made of. Not thread-safe. */
    public static final class Builder {
        private final EventStore store;
        private final WallClock clock;
        private InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private String engine = "engine";
        private Admission admission = Admission.everyone();
        private SessionListener listener = SessionListener.NONE;
        private int windowEvents;
        private long sinceUtcNanos;
        private Limits limits = Limits.DEFAULT;
        private Liveness liveness = Liveness.DEFAULT;
        private Optional<EngineKey> key = Optional.empty();

        private Builder(EventStore store, WallClock clock) {
            this.store = store;
            this.clock = clock;
        }

        /** Where to listen; port 0 takes a free one. Default: a free port on the loopback interface. */
        public Builder bind(InetSocketAddress at) {
            bind = at;
            return this;
        }

        /** The engine's name, for the box's display. */
        public Builder engine(String name) {
            engine = name;
            return this;
        }

        /** Who is let in. Default: everyone. */
        public Builder admission(Admission who) {
            admission = who;
            return this;
        }

        /** Who hears of boxes that come and go. */
        public Builder listener(SessionListener who) {
            listener = who;
            return this;
        }

        /** The most events that a box may have sent without acknowledgement; 0, the default, leaves it to the box. */
        public Builder windowEvents(int most) {
            if (most < 0) {
                throw new IllegalArgumentException("window of " + most + " events; want 0 or more");
            }
            windowEvents = most;
            return this;
        }

        /**
         * Boxes keep what is older than this: for an engine that begins empty in the middle of a season. Events whose time
         * nobody vouched for come all the same, and so does what puts times right. Default 0: everything is wanted.
         *
         * @param utcNanos nanoseconds since 1970
         */
        public Builder since(long utcNanos) {
            sinceUtcNanos = utcNanos;
            return this;
        }

        /** Bounds on what clients may take. Default: {@link Limits#DEFAULT}. */
        public Builder limits(Limits bounds) {
            limits = bounds;
            return this;
        }

        /** When a silent box is given up. Default: {@link Liveness#DEFAULT}. */
        public Builder liveness(Liveness when) {
            liveness = when;
            return this;
        }

        /**
         * Speaks TLS 1.3, and nothing else, with this key; boxes pin it. Default: plain TCP, which is for the loopback
         * interface only.
         */
        public Builder tls(EngineKey own) {
            key = Optional.of(own);
            return this;
        }

        /**
         * Listens.
         *
         * @throws IOException if the address cannot be had
         */
        public ReadStreamServer start() throws IOException {
            return new ReadStreamServer(new Setup(
                    bind,
                    engine,
                    store,
                    admission,
                    listener,
                    clock,
                    windowEvents,
                    sinceUtcNanos,
                    limits,
                    liveness,
                    key));
        }
    }
}
