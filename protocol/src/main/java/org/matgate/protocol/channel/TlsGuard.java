package org.matgate.protocol.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.matgate.protocol.stream.StreamFormatException;

/**
 * Keeps from TLS what is none, and bounds what a peer can have it do without saying anything: a flood of key updates
 * costs the peer little and this end a key derivation each. One handler stands before TLS and one behind it. On the event
 * loop.
 */
final class TlsGuard {
    /** A handshake takes some 2 kB, the largest record of application data 16 kB; key updates are 27 bytes each. */
    static final int MOST_BYTES_WITHOUT_DATA = 64 << 10;

    /** The first byte of every TLS connection: a record of the type handshake. */
    private static final int HANDSHAKE = 22;

    private boolean begun;
    private boolean over;
    private long sinceData;

    /** Looks at what goes into TLS. */
    ChannelHandler wire() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                if (over || !(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
                    ReferenceCountUtil.release(message);
                    return;
                }
                boolean tls = begun || bytes.getUnsignedByte(bytes.readerIndex()) == HANDSHAKE;
                begun = true;
                if (!tls) {
                    over = true;
                    bytes.release();
                    ctx.fireExceptionCaught(new NotTlsException());
                    return;
                }
                pass(ctx, bytes);
            }
        };
    }

    private void pass(ChannelHandlerContext ctx, ByteBuf bytes) {
        sinceData += bytes.readableBytes();
        ctx.fireChannelRead(bytes);
        if (sinceData > MOST_BYTES_WITHOUT_DATA) {
            over = true;
            ctx.fireExceptionCaught(new StreamFormatException(
                    sinceData + " bytes of TLS without a byte of the stream; want at most " + MOST_BYTES_WITHOUT_DATA));
            StreamChannel.close(ctx.channel());
        }
    }

    /** Sees what comes out of TLS. */
    ChannelHandler plain() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                sinceData = 0;
                ctx.fireChannelRead(message);
            }
        };
    }
}
