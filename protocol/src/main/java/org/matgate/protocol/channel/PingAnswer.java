package org.matgate.protocol.channel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.LongSupplier;
import org.matgate.protocol.stream.StreamMessage.Ping;
import org.matgate.protocol.stream.StreamMessage.Pong;

/** Answers each Ping with a Pong; whoever comes behind sees no Ping. */
final class PingAnswer extends ChannelInboundHandlerAdapter {
    private final LongSupplier utcNanos;

    PingAnswer(LongSupplier utcNanos) {
        this.utcNanos = utcNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Ping ping) {
            // A peer that asks and does not take the answers is not answered: they would pile up here.
            if (ctx.channel().isWritable()) {
                StreamChannel.send(ctx.channel(), new Pong(ping.id(), utcNanos.getAsLong()));
            }
            return;
        }
        ctx.fireChannelRead(message);
    }
}
