package org.matgate.protocol.receiver;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.matgate.protocol.channel.Liveness;
import org.matgate.protocol.channel.StreamChannel;
import org.matgate.protocol.channel.Tls;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Ping;

/** The box's end with the handlers that a box uses: says Hello over TLS, and tells what came of it. */
final class PinnedClient {
    private PinnedClient() {}

    /** The first message that is no Ping, as text, or why none came. */
    static String greet(InetSocketAddress server, Tls tls, StreamMessage.Hello hello) throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            StreamChannel.install(channel.pipeline(), Liveness.DEFAULT, () -> 1);
                            tls.secure(channel);
                            channel.pipeline().addLast(new Handler(hello, result));
                        }
                    })
                    .connect(server)
                    .sync();
            return result.get(20, TimeUnit.SECONDS);
        } finally {
            loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static final class Handler extends SimpleChannelInboundHandler<StreamMessage> {
        private final StreamMessage.Hello hello;
        private final CompletableFuture<String> result;

        Handler(StreamMessage.Hello hello, CompletableFuture<String> result) {
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
            if (!(message instanceof Ping)) {
                result.complete(message.toString());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            result.complete(Tls.explain(cause).orElse(String.valueOf(cause)));
            StreamChannel.close(ctx.channel());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            result.complete("closed");
        }
    }
}
