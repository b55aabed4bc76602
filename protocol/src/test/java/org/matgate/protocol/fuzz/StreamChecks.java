package org.matgate.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.matgate.protocol.channel.Liveness;
import org.matgate.protocol.channel.StreamChannel;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.wire.Wire;

/** What must hold of the read stream around its messages: how batches are packed, and how messages are framed. */
final class StreamChecks {
    private StreamChecks() {}

    /**
     * The first byte is the number of events, the rest an EventList, or EventColumns: packed or not, it is the same batch
     * or the same nonsense. And taken for packed bytes it does no harm.
     */
    static void deflated(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ByteString batch = ByteString.copyFrom(input, 1, input.length - 1);
        said(batch(input[0]).setDeflated(batch));
        said(batch(input[0]).setDeflatedColumns(batch));
        ByteString packed = deflate(batch);
        String list = said(batch(input[0]).setDeflated(packed));
        String columns = said(batch(input[0]).setDeflatedColumns(packed));
        try {
            assertThat(list).isEqualTo(said(batch(input[0]).setPlain(Wire.EventList.parseFrom(batch))));
        } catch (InvalidProtocolBufferException e) {
            assertThat(list).isEqualTo("nonsense");
        }
        try {
            assertThat(columns).isEqualTo(said(batch(input[0]).setColumns(Wire.EventColumns.parseFrom(batch))));
        } catch (InvalidProtocolBufferException e) {
            assertThat(columns).isEqualTo("nonsense");
        }
    }

    private static Wire.Events.Builder batch(byte count) {
        return Wire.Events.newBuilder()
                .setJournal(ByteString.copyFrom(new byte[16]))
                .setFirstSeq(1)
                .setCount(count & 0xFF);
    }

    private static String said(Wire.Events.Builder events) {
        try {
            return StreamCodec.decode(Wire.StreamMessage.newBuilder()
                            .setEvents(events)
                            .build()
                            .toByteArray())
                    .toString();
        } catch (StreamFormatException e) {
            return "nonsense";
        }
    }

    private static ByteString deflate(ByteString plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            plain.writeTo(deflater);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteString.copyFrom(out.toByteArray());
    }

    /** However the stream is cut, the same messages come of it, then at most one complaint, and nothing after that. */
    static void frames(byte[] input) {
        if (input.length == 0) {
            return;
        }
        assertThat(heard(input, 1 + (input[0] & 0x1F))).isEqualTo(heard(input, input.length));
    }

    private static List<String> heard(byte[] input, int piece) {
        List<String> heard = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        StreamChannel.install(channel.pipeline(), Liveness.DEFAULT, () -> 1, 1_000);
        for (int from = 1; from < input.length; from += piece) {
            ByteBuf bytes = Unpooled.copiedBuffer(input, from, Math.min(piece, input.length - from));
            feed(channel, () -> channel.writeInbound(bytes), heard);
        }
        feed(channel, channel::finish, heard);
        assertThat(heard.stream().filter(said -> said.startsWith("nonsense"))).hasSizeLessThan(2);
        return heard;
    }

    private static void feed(EmbeddedChannel channel, Runnable step, List<String> heard) {
        String complaint = "";
        try {
            step.run();
        } catch (Exception e) {
            assertThat(e).isInstanceOf(StreamFormatException.class);
            complaint = "nonsense";
        }
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            heard.add(message.toString());
        }
        if (!complaint.isEmpty()) {
            heard.add(complaint);
        }
        channel.releaseOutbound();
    }
}
