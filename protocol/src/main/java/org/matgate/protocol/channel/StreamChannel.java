package org.matgate.protocol.channel;

import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.WallClock;

/**
 * Makes a Netty channel speak the read stream:
 *
 * <pre>
 *   bytes ⇄ {@value #LIVENESS} ⇄ ({@link Tls}, where used) ⇄ {@value #FRAMES} ⇄ {@value #PING_ANSWER} ⇄ the caller's handler
 * </pre>
 *
 * The caller's handler receives {@link org.matgate.protocol.stream.StreamMessage}s, all but Pings, which are answered;
 * it may write any from any thread. What goes wrong comes to its {@code exceptionCaught}:
 *
 * <ul>
 *   <li>{@link org.matgate.protocol.stream.StreamFormatException}: the peer sent nonsense, too much, or closed in the
 *       middle of a message. Nothing more will be received; the handler closes the channel.
 *   <li>{@link PeerSilentException}: the peer is dead; the channel closes by itself.
 *   <li>any other: the connection is broken.
 * </ul>
 *
 * Any byte counts as life, so liveness stands in front of TLS.
 * Socket options and write-buffer water marks are set by whoever opens the channel.
 */
public final class StreamChannel {
    /** Name of the handler that pings and gives up; TLS goes right behind it. */
    public static final String LIVENESS = "liveness";

    /** Name of the handler between bytes and messages. */
    public static final String FRAMES = "frames";

    /** Name of the handler that answers Pings. */
    public static final String PING_ANSWER = "ping-answer";

    private StreamChannel() {}

    /**
     * Appends the handlers above to {@code pipeline}, for messages of the full size.
     *
     * @param clock this end's clock, for Ping and Pong: nanoseconds since 1970
     */
    public static void install(ChannelPipeline pipeline, Liveness liveness, WallClock clock) {
        install(pipeline, liveness, clock, new FrameCodec(StreamCodec.MAX_MESSAGE_BYTES, false));
    }

    /**
     * Appends the handlers above to {@code pipeline}, for a stranger: until {@link #allowFullMessages} anything but
     * Hello, Ping and Pong is nonsense.
     *
     * @param mostBytes bound on a received message until {@link #allowFullMessages}, so that a stranger cannot make
     *     this end keep much
     */
    public static void install(ChannelPipeline pipeline, Liveness liveness, WallClock clock, int mostBytes) {
        install(pipeline, liveness, clock, new FrameCodec(mostBytes, true));
    }

    private static void install(ChannelPipeline pipeline, Liveness liveness, WallClock clock, FrameCodec frames) {
        pipeline.addLast(LIVENESS, new LivenessHandler(liveness, clock));
        pipeline.addLast(FRAMES, frames);
        pipeline.addLast(PING_ANSWER, new PingAnswer(clock));
    }

    /** Lets messages of any kind of up to {@link StreamCodec#MAX_MESSAGE_BYTES} in from now on. On the channel's event loop. */
    public static void allowFullMessages(ChannelPipeline pipeline) {
        pipeline.get(FrameCodec.class).allow(StreamCodec.MAX_MESSAGE_BYTES);
    }

    /** Messages that are written from now on are of this version; at first the oldest. On the channel's event loop. */
    public static void speak(ChannelPipeline pipeline, int version) {
        pipeline.get(FrameCodec.class).version(version);
    }

    /**
     * Whether batches of events that are written from now on are compressed, where that makes them smaller: it spares a
     * slow line a third of its bytes, and takes about a microsecond an event. Off at first. On the channel's event loop.
     */
    public static void compressBatches(ChannelPipeline pipeline, boolean is) {
        pipeline.get(FrameCodec.class).deflate(is);
    }

    /**
     * Writes and flushes the message. A failure comes to the pipeline's {@code exceptionCaught} (a message that cannot be
     * encoded) or shows as the channel's end. From any thread.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what the future tells, the pipeline is told as well
    public static void send(Channel channel, StreamMessage message) {
        channel.writeAndFlush(message).addListener(FIRE_EXCEPTION_ON_FAILURE);
    }

    /** Closes the channel; its handlers see {@code channelInactive}. From any thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // the end shows in the pipeline
    public static void close(Channel channel) {
        channel.close();
    }
}
