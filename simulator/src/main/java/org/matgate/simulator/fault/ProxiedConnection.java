package org.matgate.simulator.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client of a {@link FaultyProxy}, and its server. On the event loop. */
final class ProxiedConnection {
    /** What is handed on at once on a slow line. */
    private static final int PIECE_BYTES = 64;

    private static final long BITS_PER_BYTE = 10;

    private final Channel client;
    private final Consumer<ProxiedConnection> ended;
    private final Direction up = new Direction(true);
    private final Direction down = new Direction(false);
    private @Nullable Channel server;
    private @Nullable Channel copy;
    private FaultyProxy.Line line;
    private boolean dead;
    private long cutAfter = Long.MAX_VALUE;

    ProxiedConnection(Channel client, FaultyProxy.Line line, Consumer<ProxiedConnection> ended) {
        this.client = client;
        this.line = line;
        this.ended = ended;
        this.dead = line.dead();
        client.pipeline().addLast(new Ear(up));
    }

    void connect(Bootstrap toServer, @Nullable Bootstrap toCopy) {
        ChannelFuture connecting = toServer.handler(ear(down)).connect();
        server = connecting.channel();
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                client.read();
                connecting.channel().read();
            } else {
                close();
            }
        });
        if (toCopy != null) {
            // Its answers are read and dropped.
            copy = toCopy.handler(ear(new Direction(false) {
                        @Override
                        void heard(ChannelHandlerContext ctx, ByteBuf bytes) {
                            bytes.release();
                            ctx.read();
                        }

                        @Override
                        void over(ChannelHandlerContext ctx) {}
                    }))
                    .connect()
                    .addListener((ChannelFuture done) -> done.channel().read())
                    .channel();
        }
    }

    private ChannelInitializer<Channel> ear(Direction direction) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Ear(direction));
            }
        };
    }

    void line(FaultyProxy.Line now) {
        line = now;
    }

    /** Nothing comes through any more, whatever becomes of the line. */
    void die() {
        dead = true;
    }

    void cutAfter(int bytes) {
        cutAfter = up.bytes + bytes;
    }

    long bytes(boolean ofClient) {
        return ofClient ? up.bytes : down.bytes;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the end shows in the pipeline
    void close() {
        client.close();
        if (server != null) {
            server.close();
        }
        if (copy != null) {
            copy.close();
        }
        ended.accept(this);
    }

    private @Nullable Channel other(boolean fromClient) {
        return fromClient ? server : client;
    }

    /** What one of the two says, on its way to the other. One piece at a time is on the line. */
    private class Direction {
        private final boolean fromClient;
        private long bytes;
        private long freeNanos;
        private long dueNanos = Long.MIN_VALUE;
        private int waiting;

        Direction(boolean fromClient) {
            this.fromClient = fromClient;
        }

        void heard(ChannelHandlerContext ctx, ByteBuf said) {
            if (dead) {
                said.release();
                ctx.read();
            } else if (line.baud() == 0) {
                inOrder(ctx, () -> handOn(said));
                ctx.read();
            } else {
                pace(ctx, said);
            }
        }

        private void pace(ChannelHandlerContext ctx, ByteBuf said) {
            int length = Math.min(PIECE_BYTES, said.readableBytes());
            ByteBuf piece = said.readRetainedSlice(length);
            long now = ctx.executor().ticker().nanoTime();
            long takes = line.baud() == 0 ? 0 : length * BITS_PER_BYTE * 1_000_000_000L / line.baud();
            freeNanos = Math.max(now, freeNanos) + takes;
            later(freeNanos - now, () -> {
                inOrder(ctx, () -> handOn(piece));
                if (said.isReadable() && !dead) {
                    pace(ctx, said);
                } else {
                    said.release();
                    ctx.read();
                }
            });
        }

        /** After the delay, and never before what was said earlier. */
        private void inOrder(ChannelHandlerContext ctx, Runnable what) {
            long now = ctx.executor().ticker().nanoTime();
            dueNanos = Math.max(dueNanos, now + line.delay().toNanos());
            if (waiting == 0 && dueNanos <= now) {
                what.run();
            } else {
                waiting++;
                // Of two that are due at the same time the earlier one comes first.
                var unused = client.eventLoop()
                        .schedule(
                                () -> {
                                    waiting--;
                                    what.run();
                                },
                                Math.max(1, dueNanos - now),
                                TimeUnit.NANOSECONDS);
            }
        }

        private void later(long nanos, Runnable what) {
            if (nanos <= 0) {
                what.run();
            } else {
                var unused = client.eventLoop().schedule(what, nanos, TimeUnit.NANOSECONDS);
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone shows as such
        private void handOn(ByteBuf said) {
            Channel to = other(fromClient);
            int length = said.readableBytes();
            if (dead || to == null) {
                said.release();
                return;
            }
            boolean cut = fromClient && bytes + length > cutAfter;
            ByteBuf passed = cut ? said.readRetainedSlice((int) Math.max(0, cutAfter - bytes)) : said.retain();
            bytes += passed.readableBytes();
            Channel twice = copy;
            if (fromClient && twice != null) {
                twice.writeAndFlush(passed.retainedDuplicate());
            }
            said.release();
            to.writeAndFlush(passed);
            if (cut) {
                close();
            }
        }

        void over(ChannelHandlerContext ctx) {
            // A line that is dead does not tell.
            if (!dead) {
                inOrder(ctx, ProxiedConnection.this::close);
            }
        }
    }

    private static final class Ear extends ChannelInboundHandlerAdapter {
        private final Direction direction;

        Ear(Direction direction) {
            this.direction = direction;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            direction.heard(ctx, (ByteBuf) message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            direction.over(ctx);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            direction.over(ctx);
        }
    }
}
