package org.matgate.protocol.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.StreamMessage.Ping;
import org.matgate.protocol.stream.WallClock;

/**
 * Pings a silent peer and ends a dead connection. Silence is counted in ticks of the event loop rather than measured on
 * a clock: a process that was stopped for a minute then still gives its peer the full time to be heard.
 *
 * <p>While this end does not read because it is busy, the peer's silence says nothing and is not held against it. A peer
 * that does not take what it is sent gets no such grace.
 */
final class LivenessHandler extends ChannelInboundHandlerAdapter {
    private final Liveness liveness;
    private final WallClock clock;
    private @Nullable Future<?> ticks;
    private boolean heard;
    private int silentTicks;
    private int silentTicksWhileListening;
    private long pings;

    LivenessHandler(Liveness liveness, WallClock clock) {
        this.liveness = liveness;
        this.clock = clock;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            start(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        start(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        heard = true;
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    private void start(ChannelHandlerContext ctx) {
        if (ticks == null) {
            ticks = ctx.executor()
                    .scheduleWithFixedDelay(
                            () -> tick(ctx), liveness.tickNanos(), liveness.tickNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }

    private void tick(ChannelHandlerContext ctx) {
        if (heard) {
            heard = false;
            silentTicks = 0;
            silentTicksWhileListening = 0;
            return;
        }
        Channel channel = ctx.channel();
        boolean busy = !channel.config().isAutoRead() && channel.isWritable();
        silentTicks++;
        silentTicksWhileListening = busy ? 0 : silentTicksWhileListening + 1;
        if (silentTicksWhileListening >= liveness.ticksUntilDead()) {
            stop();
            ctx.fireExceptionCaught(new PeerSilentException(
                    "nothing heard for " + liveness.deadAfter().toMillis() + " ms"));
            StreamChannel.close(channel);
        } else if (silentTicks % Liveness.TICKS_A_PING == 0 && channel.isWritable()) {
            // From the tail: the codec stands behind this handler.
            StreamChannel.send(channel, new Ping(++pings, clock.utcNanos()));
        }
    }
}
