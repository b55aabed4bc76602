package org.matgate.gateway.uplink;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.matgate.protocol.channel.StreamChannel;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage;

/** Tells the uplink what happens on one connection. */
final class UplinkHandler extends SimpleChannelInboundHandler<StreamMessage> {
    private final Uplink uplink;
    private String reason = "";

    UplinkHandler(Uplink uplink) {
        super(StreamMessage.class);
        this.uplink = uplink;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        uplink.connected(ctx.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, StreamMessage message) {
        uplink.received(message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        uplink.writable(ctx.channel().isWritable());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (reason.isEmpty()) {
            reason = cause instanceof StreamFormatException
                    ? "it sent nonsense: " + cause.getMessage()
                    : Uplink.describe(cause);
        }
        StreamChannel.close(ctx.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        uplink.disconnected(reason.isEmpty() ? "the engine closed the connection" : reason);
    }
}
