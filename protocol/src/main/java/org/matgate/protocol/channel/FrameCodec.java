package org.matgate.protocol.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageCodec;
import java.util.List;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage;

/**
 * Messages behind their length, a 4-byte big-endian unsigned integer. The first thing that is wrong is raised as a
 * {@link StreamFormatException}; nothing that comes after it can be trusted, so the rest is dropped.
 *
 * <p>A message is unpacked only when it is wanted: while the channel reads by itself, or one for each call to read. What
 * came with it waits as it is, and nothing more is read before that is unpacked: few bytes may unpack to thousands of
 * times as many, and a peer may send them on purpose.
 */
final class FrameCodec extends ByteToMessageCodec<StreamMessage> {
    private static final int LENGTH_BYTES = 4;

    /** Enough of the beginning to tell a browser from a box in a log. */
    private static final int SHOWN_BYTES = 16;

    private int mostBytes;
    private boolean ofStranger;
    private boolean broken;
    private boolean deflate;
    private int version = StreamMessage.OLDEST_VERSION;

    /** Somebody called read, and has not got a message since. */
    private boolean asked;

    /** Bytes have come that nobody wants yet. */
    private boolean held;

    private boolean resuming;

    /** @param ofStranger whether nothing but a greeting is unpacked until {@link #allow} */
    FrameCodec(int mostBytes, boolean ofStranger) {
        super(StreamMessage.class);
        this.ofStranger = ofStranger;
        this.mostBytes = mostBytes;
    }

    /** Bounds the messages to come, which may be of any kind. On the event loop. */
    void allow(int most) {
        ofStranger = false;
        mostBytes = most;
    }

    /** Whether batches of events are compressed from now on. On the event loop. */
    void deflate(boolean is) {
        deflate = is;
    }

    /** The version that both ends speak, from now on. On the event loop. */
    void version(int agreed) {
        version = agreed;
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, StreamMessage message, ByteBuf out) {
        byte[] bytes = StreamCodec.encode(message, version, deflate);
        out.ensureWritable(LENGTH_BYTES + bytes.length);
        out.writeInt(bytes.length);
        out.writeBytes(bytes);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        asked = true;
        if (!held) {
            ctx.read();
        } else if (!resuming) {
            // Not at once: whoever reads may be in the midst of a message.
            resuming = true;
            ctx.executor().execute(() -> resume(ctx));
        }
    }

    private void resume(ChannelHandlerContext ctx) {
        resuming = false;
        if (ctx.isRemoved() || !wanted(ctx)) {
            return;
        }
        held = false;
        try {
            // No bytes more: what waits is looked at.
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        }
        ctx.fireChannelReadComplete();
        if (!held && wanted(ctx)) {
            ctx.read();
        }
    }

    private boolean wanted(ChannelHandlerContext ctx) {
        return asked || ctx.channel().config().isAutoRead();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (held) {
            // The decoder would ask for more bytes, as it found no message in these.
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        // What nobody wanted of a channel that is gone, nobody has acknowledged; nor is it the peer's fault that it
        // ends so.
        broken |= held && !ctx.channel().isActive();
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!wanted(ctx)) {
            held = true;
            return;
        }
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        long length = in.getUnsignedInt(in.readerIndex());
        if (length == 0 || length > mostBytes) {
            fail(
                    ctx,
                    in,
                    new StreamFormatException(
                            "message of " + length + " bytes; want 1 to " + mostBytes + "; begins " + beginning(in)));
            return;
        }
        if (in.readableBytes() < LENGTH_BYTES + length) {
            return;
        }
        in.skipBytes(LENGTH_BYTES);
        asked = false;
        byte[] bytes = new byte[(int) length];
        in.readBytes(bytes);
        try {
            out.add(ofStranger ? StreamCodec.decodeFirst(bytes) : StreamCodec.decode(bytes));
        } catch (StreamFormatException e) {
            fail(ctx, in, e);
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(ctx, in, out);
        if (!broken && in.isReadable()) {
            fail(
                    ctx,
                    in,
                    new StreamFormatException("closed in mid-message, after " + in.readableBytes()
                            + " bytes of it with its length; begins " + beginning(in)));
        }
    }

    private void fail(ChannelHandlerContext ctx, ByteBuf in, StreamFormatException why) {
        broken = true;
        in.skipBytes(in.readableBytes());
        ctx.fireExceptionCaught(why);
    }

    private static String beginning(ByteBuf in) {
        return ByteBufUtil.hexDump(in, in.readerIndex(), Math.min(SHOWN_BYTES, in.readableBytes()));
    }
}
