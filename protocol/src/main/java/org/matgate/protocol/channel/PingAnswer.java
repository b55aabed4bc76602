package org.matgate.protocol.channel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.matgate.protocol.stream.StreamMessage.Ping;
import org.matgate.protocol.stream.StreamMessage.Pong;
import org.matgate.protocol.stream.WallClock;

/** Answers each Ping with a Pong; whoever comes behind sees no Ping. */
final class PingAnswer extends ChannelInboundHandlerAdapter {
    private final WallClock clock;

    PingAnswer(WallClock clock) {
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Ping ping) {
            // A peer that asks and does not take the answers is not answered: they would pile up here.
            if (ctx.channel().isWritable()) {
                StreamChannel.send(ctx.channel(), new Pong(ping.id(), clock.utcNanos(), clock.uncertaintyNanos()));
            }
            return;
        }
        ctx.fireChannelRead(message);
    }
}
