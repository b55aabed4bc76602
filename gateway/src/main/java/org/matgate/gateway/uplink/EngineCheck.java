package org.matgate.gateway.uplink;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.channel.Liveness;
import org.matgate.protocol.channel.StreamChannel;
import org.matgate.protocol.channel.Tls;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.WallClock;

/**
 * Finds out whether an engine would let this box in: greets it without naming any journal, and hangs up. An engine ends
 * an older session only if a newer one names the same journal, so a delivery that is going on is not disturbed.
 */
public final class EngineCheck {
    /** Of both kinds of IP, and a second engine behind the name. */
    private static final int MOST_ADDRESSES = 4;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private EngineCheck() {}

    /** What the engine did. */
    public sealed interface Result {}

    /**
     * It would let the box in.
     *
     * @param engineSays what it calls itself
     */
    public record LetIn(String engineSays) implements Result {}

    /** It did not; the text is what an uplink would say of it. */
    public record NotLetIn(String why) implements Result {}

    /**
     * Greets the engine, within a bounded time; where its name has several addresses, one after the other until it lets
     * us in.
     *
     * @param clock the box's clock: nanoseconds since 1970
     */
    public static Result greet(Config.Engine engine, UplinkIdentity identity, WallClock clock)
            throws InterruptedException {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Result last = new NotLetIn("no such host is known: " + engine.host());
            InetAddress[] addresses = InetAddress.getAllByName(engine.host());
            for (int i = 0; i < Math.min(addresses.length, MOST_ADDRESSES) && !(last instanceof LetIn); i++) {
                last = greet(engine, new InetSocketAddress(addresses[i], engine.port()), identity, loop, clock);
            }
            return last;
        } catch (UnknownHostException e) {
            return new NotLetIn("no such host is known: " + engine.host());
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
        }
    }

    private static Result greet(
            Config.Engine engine,
            InetSocketAddress address,
            UplinkIdentity identity,
            EventLoopGroup loop,
            WallClock clock)
            throws InterruptedException {
        CompletableFuture<Result> result = new CompletableFuture<>();
        Optional<Tls> tls = engine.pin().map(Tls::client);
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(UplinkSettings.DEFAULT.connectTimeout().toMillis()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        StreamChannel.install(channel.pipeline(), Liveness.DEFAULT, clock);
                        tls.ifPresent(secure -> secure.secure(channel));
                        channel.pipeline().addLast(new Greeter(hello(engine, identity), result));
                    }
                })
                .connect(address)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        result.complete(new NotLetIn(Uplink.describe(connected.cause())));
                    }
                });
        try {
            return result.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new NotLetIn("no Welcome within " + LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed exceptionally", e);
        }
    }

    private static StreamMessage.Hello hello(Config.Engine engine, UplinkIdentity identity) {
        return new StreamMessage.Hello(
                StreamMessage.OLDEST_VERSION,
                StreamMessage.NEWEST_VERSION,
                identity.box(),
                identity.software(),
                identity.timingPoints(),
                engine.token(),
                identity.bootId(),
                identity.simulated(),
                List.of());
    }

    /** On the event loop. */
    private static final class Greeter extends SimpleChannelInboundHandler<StreamMessage> {
        private final StreamMessage.Hello hello;
        private final CompletableFuture<Result> result;

        Greeter(StreamMessage.Hello hello, CompletableFuture<Result> result) {
            super(StreamMessage.class);
            this.hello = hello;
            this.result = result;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            StreamChannel.send(ctx.channel(), hello);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, StreamMessage message) {
            if (message instanceof StreamMessage.Welcome welcome) {
                finish(
                        ctx,
                        UplinkSession.spoken(welcome.version())
                                ? new LetIn(welcome.engine())
                                : new NotLetIn(UplinkSession.notSpoken(welcome.version())));
            } else if (message instanceof StreamMessage.Refuse refuse) {
                finish(ctx, new NotLetIn(UplinkSession.refusal(refuse)));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            finish(ctx, new NotLetIn(Uplink.describe(cause)));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            finish(ctx, new NotLetIn("it closed the connection without a word; is it an engine's receiver?"));
        }

        private void finish(ChannelHandlerContext ctx, Result what) {
            result.complete(what);
            StreamChannel.close(ctx.channel());
        }
    }
}
