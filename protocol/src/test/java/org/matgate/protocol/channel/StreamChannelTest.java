package org.matgate.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Beep;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.StreamMessage.Ping;
import org.matgate.protocol.stream.StreamMessage.Pong;

@Timeout(60)
final class StreamChannelTest {
    private static EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        StreamChannel.install(channel.pipeline(), Liveness.DEFAULT, () -> 77);
        return channel;
    }

    private static ByteBuf frame(org.matgate.protocol.stream.StreamMessage message) {
        byte[] bytes = StreamCodec.encode(message);
        return Unpooled.buffer().writeInt(bytes.length).writeBytes(bytes);
    }

    private static Object in(EmbeddedChannel channel) {
        return channel.readInbound();
    }

    private static Object out(EmbeddedChannel channel) {
        return channel.readOutbound();
    }

    private static void pass(EmbeddedChannel channel, long millis) {
        for (long passed = 0; passed < millis; passed += 50) {
            channel.advanceTimeBy(50, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    @Test
    void aMessageIsTheSameWhereverItIsCut() {
        ByteBuf whole = frame(new Beep(3));
        for (int cut = 0; cut <= whole.readableBytes(); cut++) {
            EmbeddedChannel channel = channel();
            channel.writeInbound(whole.copy(0, cut));
            channel.writeInbound(whole.copy(cut, whole.readableBytes() - cut));
            assertThat(in(channel)).isEqualTo(new Beep(3));
            assertThat(in(channel)).isNull();
        }
        EmbeddedChannel channel = channel();
        channel.writeOutbound(new Beep(3));
        assertThat(out(channel)).isEqualTo(whole);
    }

    @Test
    void nonsenseIsRaisedOnceAndEndsWhatIsReceived() {
        EmbeddedChannel channel = channel();
        ByteBuf bad = Unpooled.buffer().writeInt(2).writeByte(0xFF).writeByte(0xFF);
        assertThatThrownBy(() -> channel.writeInbound(bad)).isInstanceOf(StreamFormatException.class);
        channel.writeInbound(frame(new Beep(3)));
        assertThat(in(channel)).isNull();
        channel.finish();
    }

    @Test
    void aCloseInMidMessageIsRaised() {
        EmbeddedChannel channel = channel();
        channel.writeInbound(frame(new Beep(3)).copy(0, 5));
        assertThatThrownBy(channel::finish)
                .isInstanceOf(StreamFormatException.class)
                .hasMessageContaining("after 5 bytes");
    }

    @Test
    void pingsAreAnswered() {
        EmbeddedChannel channel = channel();
        channel.writeInbound(frame(new Ping(5, 1)));
        assertThat(out(channel)).isEqualTo(frame(new Pong(5, 77, 0)));
        assertThat(in(channel)).isNull();
    }

    @Test
    void silenceIsAskedAboutAndThenEndsTheConnection() {
        EmbeddedChannel channel = channel();
        pass(channel, 1_900);
        assertThat(out(channel)).isNull();
        pass(channel, 200);
        assertThat(out(channel)).isEqualTo(frame(new Ping(1, 77)));
        pass(channel, 7_800);
        assertThat(channel.isOpen()).isTrue();
        assertThatThrownBy(() -> {
                    pass(channel, 200);
                    channel.checkException();
                })
                .isInstanceOf(PeerSilentException.class)
                .hasMessageContaining("10000 ms");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anyByteIsLife() {
        EmbeddedChannel channel = channel();
        ByteBuf whole = frame(new Beep(3));
        for (int i = 0; i < whole.readableBytes() - 1; i++) {
            pass(channel, 9_000);
            channel.writeInbound(whole.copy(i, 1));
        }
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aPeerThatIsNotReadIsNotGivenUpButStillPinged() {
        EmbeddedChannel channel = channel();
        channel.config().setAutoRead(false);
        pass(channel, 60_000);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.outboundMessages()).hasSize(30);
        channel.config().setAutoRead(true);
        pass(channel, 9_900);
        assertThat(channel.isOpen()).as("its time begins when it is read again").isTrue();
    }

    /** Few bytes that would unpack to millions of events: no more of them are unpacked than somebody takes. */
    @Test
    void whileNobodyReadsNothingIsUnpacked() {
        EmbeddedChannel channel = channel();
        List<StreamMessage> taken = new ArrayList<>();
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                taken.add((StreamMessage) message);
                ctx.channel().config().setAutoRead(false);
            }
        });
        int batches = 100;
        ByteBuf bytes = Unpooled.buffer();
        for (int batch = 0; batch < batches; batch++) {
            byte[] packed = StreamCodec.encode(batch(batch), StreamMessage.NEWEST_VERSION, true);
            bytes.writeInt(packed.length).writeBytes(packed);
        }
        System.out.println(bytes.readableBytes() + " bytes of " + batches * Events.MAX_EVENTS + " events");
        channel.writeInbound(bytes);
        for (int batch = 0; batch < batches; batch++) {
            channel.runPendingTasks();
            assertThat(taken).containsExactly(batch(batch));
            taken.clear();
            if (batch % 2 == 0) {
                channel.config().setAutoRead(true);
            } else {
                channel.read();
            }
        }
        channel.runPendingTasks();
        assertThat(taken).isEmpty();
        channel.config().setAutoRead(true);
        channel.writeInbound(frame(new Beep(3)));
        assertThat(taken).containsExactly(new Beep(3));
    }

    @Test
    void nothingMoreIsReadBeforeWhatWaitsIsUnpacked() {
        AtomicInteger reads = new AtomicInteger();
        EmbeddedChannel channel = channel();
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
                ctx.read();
            }
        });
        channel.config().setAutoRead(false);
        channel.writeInbound(Unpooled.wrappedBuffer(frame(new Beep(1)), frame(new Beep(2)), frame(new Beep(3))));
        reads.set(0);
        for (int beep = 1; beep <= 3; beep++) {
            assertThat(in(channel)).isNull();
            channel.read();
            channel.runPendingTasks();
            assertThat(in(channel)).isEqualTo(new Beep(beep));
            assertThat(reads).hasValue(0);
        }
        channel.read();
        channel.runPendingTasks();
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatNobodyWantedIsDroppedWithTheChannelAndIsNoNonsense() {
        EmbeddedChannel channel = channel();
        channel.config().setAutoRead(false);
        channel.writeInbound(Unpooled.wrappedBuffer(frame(new Beep(1)), frame(new Beep(2))));
        StreamChannel.close(channel);
        channel.checkException();
        assertThat(in(channel)).isNull();
    }

    private static Events batch(int number) {
        Stamp stamp = new Stamp(new UUID(1, 2), 1, 1, 1, 1);
        Source source = new Source("mat", "finish", Source.Line.MAIN);
        Chip chip = new Chip("00FF");
        Event read = new Event.TagRead(stamp, source, 1, chip, OptionalInt.empty(), ReaderTime.NONE, 1, 1);
        long first = 1 + (long) number * Events.MAX_EVENTS;
        return new Events(new JournalId(1, 2), first, Collections.nCopies(Events.MAX_EVENTS, read));
    }
}
