package org.matgate.simulator.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A network that goes wrong, between clients and one server on TCP: it hands on bytes without understanding them. What is
 * set holds for all connections from then on, also for those that stand. Thread-safe.
 *
 * <p>On its event loop; it keeps at most some kilobytes a direction, so that it holds back whoever sends too fast, as a
 * modem does.
 */
public final class FaultyProxy implements AutoCloseable {
    /** What a modem holds. A client cannot know that more has been sent than has arrived. */
    static final int BUFFER_BYTES = 4096;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = (EventLoop) loops.next();
    private final InetSocketAddress server;
    private final Channel listener;

    // All of this belongs to the event loop.
    private final Set<ProxiedConnection> connections = new LinkedHashSet<>();
    private final List<ProxiedConnection> ended = new ArrayList<>();
    private Line line = new Line(0, Duration.ZERO, false);
    private boolean refusing;
    private @Nullable InetSocketAddress copyTo;
    private long accepted;

    /**
     * How the line is at the moment.
     *
     * @param baud bits a second in each direction, ten to a byte; 0: as fast as it goes
     * @param delay of each byte in each direction
     * @param dead whether nothing comes through, and nobody is told
     */
    record Line(int baud, Duration delay, boolean dead) {}

    /**
     * Listens on a free port of the loopback interface.
     *
     * @throws IOException if none can be had
     */
    public FaultyProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accepted(client);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            throw new IOException("no port for a proxy: " + bound.cause().getMessage(), bound.cause());
        }
        listener = bound.channel();
    }

    /** Where clients dial. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** So many bits a second in each direction, ten to a byte; 0: as fast as it goes. */
    public void baud(int baud) {
        if (baud < 0) {
            throw new IllegalArgumentException(baud + " baud; want 0 or more");
        }
        set(() -> line = new Line(baud, line.delay(), line.dead()));
    }

    /** Each byte comes so much later, in each direction. */
    public void delay(Duration delay) {
        set(() -> line = new Line(line.baud(), delay, line.dead()));
    }

    /**
     * Whether bytes vanish while connections seem to stand, as when a modem has lost its network: what is under way and
     * what is sent is lost, nobody is told. Connections that were cut off so stay dead afterwards; new ones work.
     */
    public void blackHole(boolean is) {
        set(() -> {
            line = new Line(line.baud(), line.delay(), is);
            if (is) {
                connections.forEach(ProxiedConnection::die);
            }
        });
    }

    /** Whether new connections are closed at once. */
    public void refuse(boolean is) {
        set(() -> refusing = is);
    }

    /** Closes all connections; what is under way is lost. */
    public void cut() {
        set(() -> List.copyOf(connections).forEach(ProxiedConnection::close));
    }

    /** Closes each connection after so many more bytes from its client: in the middle of a message, most likely. */
    public void cutAfter(int bytes) {
        set(() -> connections.forEach(connection -> connection.cutAfter(bytes)));
    }

    /**
     * Sends what clients of new connections say a second time, to this address as well, whose answers nobody hears: a
     * connection that was there twice. Null: no more.
     */
    public void copyTo(@Nullable InetSocketAddress other) {
        set(() -> copyTo = other);
    }

    /** How many connections there have been. */
    public long accepted() {
        return loop.submit(() -> accepted).awaitUninterruptibly().getNow();
    }

    /** How many bytes of clients, and of the server, have come through, over all connections. */
    public long bytes(boolean ofClients) {
        return loop.submit(() -> {
                    long sum = 0;
                    for (ProxiedConnection connection : connections) {
                        sum += connection.bytes(ofClients);
                    }
                    for (ProxiedConnection connection : ended) {
                        sum += connection.bytes(ofClients);
                    }
                    return sum;
                })
                .awaitUninterruptibly()
                .getNow();
    }

    private void set(Runnable change) {
        loop.submit(() -> {
                    change.run();
                    connections.forEach(connection -> connection.line(line));
                })
                .awaitUninterruptibly();
    }

    private void accepted(Channel client) {
        accepted++;
        if (refusing) {
            client.unsafe().closeForcibly();
            return;
        }
        ProxiedConnection connection = new ProxiedConnection(client, line, this::ended);
        connections.add(connection);
        InetSocketAddress copy = copyTo;
        connection.connect(dial(server), copy == null ? null : dial(copy));
    }

    private Bootstrap dial(InetSocketAddress address) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                .remoteAddress(address);
    }

    private void ended(ProxiedConnection connection) {
        if (connections.remove(connection)) {
            ended.add(connection);
        }
    }

    /** Closes all connections and listens no more. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        cut();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
