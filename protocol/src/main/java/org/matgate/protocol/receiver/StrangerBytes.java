package org.matgate.protocol.receiver;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.matgate.protocol.stream.StreamFormatException;

/** Bounds what a connection may send before it is let in, Pings and TLS included; then it is taken out. On the event loop. */
final class StrangerBytes extends ChannelInboundHandlerAdapter {
    private final int most;
    private long come;

    StrangerBytes(int most) {
        this.most = most;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        boolean before = come <= most;
        come += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        if (come <= most) {
            ctx.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (before) {
            ctx.fireExceptionCaught(
                    new StreamFormatException(come + " bytes before Hello was accepted; want at most " + most));
        }
    }
}
