package org.matgate.protocol.receiver;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Ack;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.StreamMessage.Ping;
import org.matgate.protocol.stream.StreamMessage.Welcome;

/** The box's end on a plain blocking socket: shares the codec with the server, and nothing else. */
final class BoxClient implements AutoCloseable {
    static final UUID BOOT = new UUID(7, 8);
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    BoxClient(InetSocketAddress server) throws IOException {
        this(server, new Socket());
    }

    /** On a socket that is not connected yet, such as one of TLS. */
    BoxClient(InetSocketAddress server, Socket unconnected) throws IOException {
        socket = unconnected;
        socket.setSendBufferSize(64 << 10);
        socket.connect(server, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    static Hello hello(String box, JournalId... journals) {
        List<JournalSummary> summaries = new ArrayList<>();
        for (JournalId journal : journals) {
            summaries.add(new JournalSummary(journal, 1, 0));
        }
        return new Hello(1, 1, box, "test 1", List.of("finish"), "", BOOT, false, summaries);
    }

    /** A run of reads whose chip and times follow from their seq. */
    static Events reads(JournalId journal, long first, long last) {
        List<Event> events = new ArrayList<>();
        for (long seq = first; seq <= last; seq++) {
            events.add(read(seq));
        }
        return new Events(journal, first, events);
    }

    static Event read(long seq) {
        return new Event.TagRead(
                new Stamp(BOOT, 1_000 * seq, 1_700_000_000_000_000_000L + 1_000 * seq, 5_000, 0),
                new Source("reader-1", "finish", Source.Line.MAIN),
                1,
                new Chip(String.format("%08X", seq)),
                OptionalInt.of(-4_500),
                ReaderTime.NONE,
                1_000 * seq + 10,
                1);
    }

    /** Says Hello and returns the Welcome. */
    Welcome open(String box, JournalId... journals) throws IOException {
        send(hello(box, journals));
        return expect(Welcome.class);
    }

    void send(StreamMessage message) throws IOException {
        send(message, 1, false);
    }

    /** As a box of this version says it. */
    void send(StreamMessage message, int version, boolean deflate) throws IOException {
        byte[] bytes = StreamCodec.encode(message, version, deflate);
        byte[] framed = new byte[4 + bytes.length];
        java.nio.ByteBuffer.wrap(framed).putInt(bytes.length).put(bytes);
        sendRaw(framed);
    }

    void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The next message; EOFException once the server has closed. */
    StreamMessage receive() throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        try {
            return StreamCodec.decode(bytes);
        } catch (StreamFormatException e) {
            throw new IOException(e);
        }
    }

    /** The next message that is no Ping, which must be of this kind. */
    <T extends StreamMessage> T expect(Class<T> kind) throws IOException {
        StreamMessage message = receive();
        while (message instanceof Ping) {
            message = receive();
        }
        if (!kind.isInstance(message)) {
            throw new AssertionError("got " + message + "; want " + kind.getSimpleName());
        }
        return kind.cast(message);
    }

    /** Reads acknowledgements until they cover these seqs; returns all that was acknowledged. */
    SeqRanges expectAcks(JournalId journal, SeqRanges wanted) throws IOException {
        SeqRanges acknowledged = SeqRanges.EMPTY;
        while (!wanted.minus(acknowledged).isEmpty()) {
            Ack ack = expect(Ack.class);
            if (!ack.journal().equals(journal)) {
                throw new AssertionError("got " + ack + "; want journal " + journal);
            }
            acknowledged = acknowledged.plus(ack.stored());
        }
        return acknowledged;
    }

    /** Reads on to the end of the connection, which must come. */
    void expectClosed() throws IOException {
        try {
            while (true) {
                receive();
            }
        } catch (EOFException | java.net.SocketException expected) {
            // closed, or reset where bytes were left unread
        }
    }

    /** The same, whatever is said before: an alert of TLS is no message. */
    void expectEnd() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (java.net.SocketException expected) {
            // reset where bytes were left unread
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
