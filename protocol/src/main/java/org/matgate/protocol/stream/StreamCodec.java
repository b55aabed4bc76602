package org.matgate.protocol.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.matgate.protocol.stream.wire.Wire;

/** Turns messages of the read stream into bytes and back, without the length in front. Thread-safe. */
public final class StreamCodec {
    /** The most bytes that one message may have. */
    public static final int MAX_MESSAGE_BYTES = 1 << 20;

    private StreamCodec() {}

    /**
     * The message's bytes, as the newest version has them.
     *
     * @throws IllegalArgumentException if they would be more than {@link #MAX_MESSAGE_BYTES}
     */
    public static byte[] encode(StreamMessage message) {
        return encode(message, StreamMessage.NEWEST_VERSION, false);
    }

    /**
     * The message's bytes.
     *
     * @param version that both ends speak: how a batch of events is packed; nothing else differs
     * @param deflate whether to compress a batch where that makes it smaller, for about a microsecond an event
     * @throws IllegalArgumentException if they would be more than {@link #MAX_MESSAGE_BYTES}
     */
    public static byte[] encode(StreamMessage message, int version, boolean deflate) {
        byte[] bytes = (message instanceof StreamMessage.Events events
                        ? EventsCodec.wire(events, version, deflate)
                        : wire(message))
                .toByteArray();
        if (bytes.length > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "message of " + bytes.length + " bytes; want at most " + MAX_MESSAGE_BYTES + ": " + message);
        }
        return bytes;
    }

    /**
     * The message that these bytes hold; {@link StreamMessage.Unrecognised} for a kind that this version does not know.
     *
     * @throws StreamFormatException if they hold none, or one that breaks a bound
     */
    public static StreamMessage decode(byte[] bytes) throws StreamFormatException {
        if (bytes.length > MAX_MESSAGE_BYTES) {
            throw new StreamFormatException("message of " + bytes.length + " bytes; want at most " + MAX_MESSAGE_BYTES);
        }
        Parts.check(bytes, bytes.length, Wire.StreamMessage.getDescriptor());
        try {
            return message(Wire.StreamMessage.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new StreamFormatException(bytes.length + " bytes that are no message: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new StreamFormatException("message out of bounds: " + e.getMessage(), e);
        }
    }

    /**
     * The same of somebody who was not let in yet, whose bytes are not unpacked unless they are Hello, Ping or Pong.
     *
     * @throws StreamFormatException also if they are anything else
     */
    public static StreamMessage decodeFirst(byte[] bytes) throws StreamFormatException {
        Parts.checkFirst(bytes);
        return decode(bytes);
    }

    private static Wire.StreamMessage wire(StreamMessage message) {
        Wire.StreamMessage.Builder wire = Wire.StreamMessage.newBuilder();
        switch (message) {
            case StreamMessage.Hello hello -> wire.setHello(hello(hello));
            case StreamMessage.Welcome welcome -> wire.setWelcome(welcome(welcome));
            case StreamMessage.Refuse refuse ->
                wire.setRefuse(Wire.Refuse.newBuilder()
                        .setReasonValue(WireEnum.REASON.number(refuse.reason()))
                        .setText(refuse.text())
                        .setRetryAfterSeconds(refuse.retryAfterSeconds()));
            case StreamMessage.Events events -> {
                return EventsCodec.wire(events, StreamMessage.NEWEST_VERSION, false);
            }
            case StreamMessage.Ack ack ->
                wire.setAck(Wire.Ack.newBuilder()
                        .setJournal(EventListCodec.bytes(ack.journal()))
                        .addAllStored(ranges(ack.stored())));
            case StreamMessage.Ping ping ->
                wire.setPing(Wire.Ping.newBuilder().setId(ping.id()).setUtcNanos(ping.utcNanos()));
            case StreamMessage.Pong pong ->
                wire.setPong(Wire.Pong.newBuilder()
                        .setId(pong.id())
                        .setUtcNanos(pong.utcNanos())
                        .setUtcUncertaintyNanos(pong.uncertaintyNanos()));
            case StreamMessage.Resend resend ->
                wire.setResend(Wire.Resend.newBuilder()
                        .setJournal(EventListCodec.bytes(resend.journal()))
                        .addAllRanges(ranges(resend.ranges())));
            case StreamMessage.Beep beep -> wire.setBeep(Wire.Beep.newBuilder().setSeconds(beep.seconds()));
            case StreamMessage.Unrecognised unused ->
                throw new IllegalArgumentException("a message of unknown kind cannot be sent");
        }
        return wire.build();
    }

    private static StreamMessage message(Wire.StreamMessage wire) throws StreamFormatException {
        return switch (wire.getMessageCase()) {
            case HELLO -> hello(wire.getHello());
            case WELCOME -> welcome(wire.getWelcome());
            case REFUSE ->
                new StreamMessage.Refuse(
                        WireEnum.REASON.constant(wire.getRefuse().getReasonValue()),
                        wire.getRefuse().getText(),
                        Math.max(0, wire.getRefuse().getRetryAfterSeconds()));
            case EVENTS -> EventsCodec.events(wire.getEvents());
            case ACK ->
                new StreamMessage.Ack(
                        EventListCodec.journalId(wire.getAck().getJournal()),
                        ranges(wire.getAck().getStoredList()));
            case PING ->
                new StreamMessage.Ping(wire.getPing().getId(), wire.getPing().getUtcNanos());
            case PONG ->
                new StreamMessage.Pong(
                        wire.getPong().getId(),
                        wire.getPong().getUtcNanos(),
                        Math.max(0, wire.getPong().getUtcUncertaintyNanos()));
            case RESEND ->
                new StreamMessage.Resend(
                        EventListCodec.journalId(wire.getResend().getJournal()),
                        ranges(wire.getResend().getRangesList()));
            case BEEP -> new StreamMessage.Beep(Math.max(0, wire.getBeep().getSeconds()));
            case MESSAGE_NOT_SET -> unrecognised(wire);
        };
    }

    /** A newer peer's message has a field that we do not know; bytes without any field are no message. */
    private static StreamMessage unrecognised(Wire.StreamMessage wire) throws StreamFormatException {
        if (wire.getUnknownFields().asMap().isEmpty()) {
            throw new StreamFormatException("a message without content");
        }
        return new StreamMessage.Unrecognised();
    }

    private static Wire.Hello.Builder hello(StreamMessage.Hello hello) {
        Wire.Hello.Builder wire = Wire.Hello.newBuilder()
                .setVersionMin(hello.versionMin())
                .setVersionMax(hello.versionMax())
                .setBox(hello.box())
                .setSoftware(hello.software())
                .addAllTimingPoints(hello.timingPoints())
                .setToken(hello.token())
                .setBootId(EventListCodec.bytes(hello.bootId()))
                .setSimulated(hello.simulated());
        for (StreamMessage.JournalSummary journal : hello.journals()) {
            wire.addJournals(Wire.JournalSummary.newBuilder()
                    .setId(EventListCodec.bytes(journal.id()))
                    .setFirstSeq(journal.firstSeq())
                    .setLastSeq(journal.lastSeq()));
        }
        return wire;
    }

    private static StreamMessage.Hello hello(Wire.Hello hello) throws StreamFormatException {
        List<StreamMessage.JournalSummary> journals = new ArrayList<>();
        for (Wire.JournalSummary journal : hello.getJournalsList()) {
            journals.add(new StreamMessage.JournalSummary(
                    EventListCodec.journalId(journal.getId()), journal.getFirstSeq(), journal.getLastSeq()));
        }
        return new StreamMessage.Hello(
                hello.getVersionMin(),
                hello.getVersionMax(),
                hello.getBox(),
                hello.getSoftware(),
                hello.getTimingPointsList(),
                hello.getToken(),
                EventListCodec.uuid(hello.getBootId()),
                hello.getSimulated(),
                journals);
    }

    private static Wire.Welcome.Builder welcome(StreamMessage.Welcome welcome) {
        Wire.Welcome.Builder wire = Wire.Welcome.newBuilder()
                .setVersion(welcome.version())
                .setEngine(welcome.engine())
                .setWindowEvents(welcome.windowEvents())
                .setSinceUtcNanos(welcome.sinceUtcNanos());
        for (StreamMessage.JournalHeld journal : welcome.journals()) {
            wire.addJournals(Wire.JournalHeld.newBuilder()
                    .setId(EventListCodec.bytes(journal.id()))
                    .addAllHeld(ranges(journal.held()))
                    .setSinceSeq(journal.sinceSeq()));
        }
        return wire;
    }

    private static StreamMessage.Welcome welcome(Wire.Welcome welcome) throws StreamFormatException {
        List<StreamMessage.JournalHeld> journals = new ArrayList<>();
        for (Wire.JournalHeld journal : welcome.getJournalsList()) {
            journals.add(new StreamMessage.JournalHeld(
                    EventListCodec.journalId(journal.getId()),
                    ranges(journal.getHeldList()),
                    Math.max(0, journal.getSinceSeq())));
        }
        return new StreamMessage.Welcome(
                welcome.getVersion(),
                welcome.getEngine(),
                journals,
                Math.max(0, welcome.getWindowEvents()),
                welcome.getSinceUtcNanos());
    }

    private static List<Wire.SeqRange> ranges(SeqRanges ranges) {
        return ranges.ranges().stream()
                .map(range -> Wire.SeqRange.newBuilder()
                        .setFirst(range.first())
                        .setLast(range.last())
                        .build())
                .toList();
    }

    private static SeqRanges ranges(List<Wire.SeqRange> wire) throws StreamFormatException {
        if (wire.size() > SeqRanges.MAX_RANGES_ON_WIRE) {
            throw new StreamFormatException(
                    wire.size() + " ranges in a message; want at most " + SeqRanges.MAX_RANGES_ON_WIRE);
        }
        return SeqRanges.of(wire.stream()
                .map(range -> new SeqRanges.Range(range.getFirst(), range.getLast()))
                .toList());
    }
}
