package org.matgate.gateway.uplink;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.JournalView;
import org.matgate.protocol.channel.StreamChannel;
import org.matgate.protocol.channel.Tls;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections to one engine. On the event loop. */
final class Dialer {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    /** What waits in front of a live event is small: here and in the kernel. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final Config.Engine engine;
    private final JournalView journal;
    private final EventLoop loop;
    private final UplinkSettings settings;
    private final WallClock clock;
    private final Optional<Tls> tls;
    private final Resolver resolver;

    /** The addresses that the name had, those that were tried longest ago first. */
    private final List<InetAddress> tried = new ArrayList<>();

    /** Asks for the addresses of a name, at least one. */
    interface Resolver {
        InetAddress[] addresses(String host) throws IOException;
    }

    Dialer(Config.Engine engine, JournalView journal, EventLoop loop, UplinkSettings settings, WallClock clock) {
        this(engine, journal, loop, settings, clock, InetAddress::getAllByName);
    }

    Dialer(
            Config.Engine engine,
            JournalView journal,
            EventLoop loop,
            UplinkSettings settings,
            WallClock clock,
            Resolver resolver) {
        this.resolver = resolver;
        this.engine = engine;
        this.journal = journal;
        this.loop = loop;
        this.settings = settings;
        this.clock = clock;
        this.tls = engine.pin().map(Tls::client);
    }

    /**
     * Lists the journals and resolves the engine's name anew, on a thread of its own as both may take long. On the event
     * loop it tells the list, also where the name is not known, and then one of the other two. Where the name has several
     * addresses, each try takes the one that was not tried for longest, in whatever order they are told.
     */
    void prepare(
            Consumer<List<JournalSummary>> listed, Consumer<InetSocketAddress> resolved, Consumer<Exception> failed) {
        Thread.ofPlatform().daemon().name("matgate-dial-" + engine.name()).start(() -> {
            try {
                List<JournalSummary> journals = journal.journals();
                onLoop(() -> listed.accept(journals));
                List<InetAddress> addresses = List.of(resolver.addresses(engine.host()));
                if (addresses.isEmpty()) {
                    throw new UnknownHostException(engine.host() + ": no address");
                }
                onLoop(() -> resolved.accept(new InetSocketAddress(next(addresses), engine.port())));
            } catch (IOException | RuntimeException e) {
                onLoop(() -> failed.accept(e));
            }
        });
    }

    private InetAddress next(List<InetAddress> addresses) {
        tried.retainAll(addresses);
        InetAddress next = addresses.stream()
                .filter(address -> !tried.contains(address))
                .findFirst()
                .orElseGet(tried::getFirst);
        tried.remove(next);
        tried.add(next);
        return next;
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("engine {}: the event loop ended while it was dialled", engine.name(), e);
        }
    }

    /** Connects; {@code handler} stands behind the codec. */
    ChannelFuture connect(InetSocketAddress address, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        StreamChannel.install(channel.pipeline(), settings.liveness(), clock);
                        tls.ifPresent(secure -> secure.secure(channel));
                        channel.pipeline().addLast(handler);
                    }
                })
                .connect(address);
    }
}
