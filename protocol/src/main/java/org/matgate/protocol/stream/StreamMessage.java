package org.matgate.protocol.stream;

import java.util.List;
import java.util.UUID;

/** A message of the read stream; read_stream.proto tells who sends what when. */
public sealed interface StreamMessage {
    /** The oldest protocol version that this code speaks: a batch is an event after the other. */
    int OLDEST_VERSION = 1;

    /** The newest: a batch is columns. */
    int NEWEST_VERSION = 2;

    /**
     * Box to engine, first.
     *
     * @param journals every journal that the box holds, the current one first
     */
    record Hello(
            int versionMin,
            int versionMax,
            String box,
            String software,
            List<String> timingPoints,
            String token,
            UUID bootId,
            boolean simulated,
            List<JournalSummary> journals)
            implements StreamMessage {
        public Hello {
            timingPoints = List.copyOf(timingPoints);
            journals = List.copyOf(journals);
        }

        /** Everything but the token, which is a secret. */
        @Override
        public String toString() {
            return "Hello[versions " + versionMin + " to " + versionMax + ", box " + box + ", " + software
                    + ", timing points " + timingPoints + ", boot " + bootId + (simulated ? ", simulated" : "")
                    + ", journals " + journals + "]";
        }
    }

    /**
     * A journal that a box holds.
     *
     * @param firstSeq 1 unless the crew deleted the beginning
     * @param lastSeq 0 while it is empty
     */
    record JournalSummary(JournalId id, long firstSeq, long lastSeq) {}

    /**
     * Engine to box: admitted.
     *
     * @param journals what the engine holds durably; a journal not named is not held at all
     * @param windowEvents the most events sent and not acknowledged; 0: the box's own choice
     * @param sinceUtcNanos the engine wants nothing believed older than this; 0: everything
     */
    record Welcome(int version, String engine, List<JournalHeld> journals, int windowEvents, long sinceUtcNanos)
            implements StreamMessage {
        public Welcome {
            journals = List.copyOf(journals);
        }
    }

    /**
     * What an engine holds of one journal.
     *
     * @param sinceSeq the engine wants nothing before this seq; 0: everything
     */
    record JournalHeld(JournalId id, SeqRanges held, long sinceSeq) {}

    /** Engine to box: not admitted; the box keeps trying, slowly. */
    record Refuse(Reason reason, String text, int retryAfterSeconds) implements StreamMessage {}

    /** Why a box was refused. */
    enum Reason {
        /** A newer engine's reason that this version does not know. */
        UNSPECIFIED,
        /** No common protocol version. */
        VERSION,
        /** Token unknown or revoked. */
        TOKEN,
        /** A newer session of the same journal took over. */
        SUPERSEDED,
        /** The peer said something that this protocol does not have. */
        PROTOCOL,
        /** The engine cannot store at the moment. */
        STORE,
        /** Too many connections. */
        BUSY
    }

    /**
     * Box to engine: a run of events without a gap, of one journal.
     *
     * @param firstSeq the first event's seq; the others follow by one each
     * @param events 1 to {@value #MAX_EVENTS}
     */
    record Events(JournalId journal, long firstSeq, List<Event> events) implements StreamMessage {
        /** The most events in one batch. */
        public static final int MAX_EVENTS = 4096;

        public Events {
            events = List.copyOf(events);
            if (firstSeq < 1
                    || firstSeq > SeqRanges.MAX_SEQ - MAX_EVENTS
                    || events.isEmpty()
                    || events.size() > MAX_EVENTS) {
                throw new IllegalArgumentException(
                        events.size() + " events from seq " + firstSeq + "; want 1 to " + MAX_EVENTS + " from 1 on");
            }
        }

        /** The last event's seq. */
        public long lastSeq() {
            return firstSeq + events.size() - 1;
        }

        /** Names the run, not its events. */
        @Override
        public String toString() {
            return "Events[journal " + journal + ", seq " + firstSeq + " to " + lastSeq() + "]";
        }
    }

    /** Engine to box: these are durable in the engine's store. */
    record Ack(JournalId journal, SeqRanges stored) implements StreamMessage {}

    /** Either way: answer with a {@link Pong} of the same id. {@code utcNanos} is the sender's clock. */
    record Ping(long id, long utcNanos) implements StreamMessage {}

    /**
     * The answer to a {@link Ping}.
     *
     * @param utcNanos the sender's clock
     * @param uncertaintyNanos how wrong that may be; 0 where the sender does not say
     */
    record Pong(long id, long utcNanos, long uncertaintyNanos) implements StreamMessage {}

    /** Engine to box: send these again. */
    record Resend(JournalId journal, SeqRanges ranges) implements StreamMessage {}

    /** Engine to box: make yourself heard for so many seconds. */
    record Beep(int seconds) implements StreamMessage {}

    /** A well-formed message of a kind that this version does not know: to be passed over. */
    record Unrecognised() implements StreamMessage {}
}
