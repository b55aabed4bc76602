package org.matgate.protocol.receiver;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.JournalHeld;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.matgate.protocol.stream.StreamMessage.Welcome;

/** What is said at the beginning of a session. Pure. */
final class Greeting {
    /** A range takes up to 24 bytes, so these take three quarters of the largest message. */
    private static final int MAX_RANGES_IN_WELCOME = 32_768;

    private static final int MAX_NAME_CHARS = 100;

    private Greeting() {}

    /** Why this box is not let in; null if it is. */
    static @Nullable Refuse objection(Hello hello, Admission admission) {
        int min = hello.versionMin();
        int max = hello.versionMax();
        if (min < 1 || max < min) {
            return refuse(
                    Reason.PROTOCOL, "Hello offers versions " + min + " to " + max + "; want 1 or more, ascending");
        }
        if (min > StreamMessage.NEWEST_VERSION || max < StreamMessage.OLDEST_VERSION) {
            return refuse(
                    Reason.VERSION,
                    "this engine speaks versions " + StreamMessage.OLDEST_VERSION + " to "
                            + StreamMessage.NEWEST_VERSION
                            + " of the read stream, the box " + min + " to " + max + ": update the "
                            + (min > StreamMessage.NEWEST_VERSION ? "engine" : "box"));
        }
        String name = hello.box();
        if (!isName(name)) {
            return refuse(
                    Reason.PROTOCOL,
                    "box name of " + name.length() + " characters; want 1 to " + MAX_NAME_CHARS
                            + " that can be printed");
        }
        return switch (admission.decide(hello)) {
            case Admission.Admitted unused -> null;
            case Admission.Refused refused -> refuse(refused.reason(), refused.text());
        };
    }

    /** Whether a display or a log can show this as a box's name. */
    static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= MAX_NAME_CHARS
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static Refuse refuse(Reason reason, String text) {
        return new Refuse(reason, text, retryAfterSeconds(reason));
    }

    /** What a person must put right takes longer than what passes by itself. */
    static int retryAfterSeconds(Reason reason) {
        return switch (reason) {
            case VERSION, TOKEN -> 60;
            case PROTOCOL, SUPERSEDED, UNSPECIFIED -> 30;
            case BUSY -> 10;
            case STORE -> 5;
        };
    }

    /** The journals of which the engine holds more than the box has. */
    static List<Notice> behind(Hello hello, Welcome welcome) {
        List<Notice> notices = new ArrayList<>();
        for (JournalHeld held : welcome.journals()) {
            for (JournalSummary has : hello.journals()) {
                if (has.id().equals(held.id()) && held.held().last() > has.lastSeq()) {
                    notices.add(new Notice(
                            Notice.Kind.BOX_BEHIND,
                            "journal " + has.id() + " ends at seq " + has.lastSeq() + " on box " + hello.box()
                                    + " and at " + held.held().last()
                                    + " here: the box's disk was set back, or is an older copy"));
                }
            }
        }
        return notices;
    }

    /** The newest version that both speak; only for a box without an {@link #objection}. */
    static int version(Hello hello) {
        return Math.min(hello.versionMax(), StreamMessage.NEWEST_VERSION);
    }

    /** The Welcome for these journals, in the order of Hello. */
    static Welcome welcome(int version, String engine, List<JournalLane> lanes, int windowEvents, long sinceUtcNanos) {
        List<JournalHeld> held = new ArrayList<>();
        int room = MAX_RANGES_IN_WELCOME;
        for (JournalLane lane : lanes) {
            // What is not named is sent again and dropped here: slower, but nothing is lost by it.
            SeqRanges named = lane.held().largest(Math.min(room, SeqRanges.MAX_RANGES_ON_WIRE));
            room -= named.rangeCount();
            if (!named.isEmpty()) {
                held.add(new JournalHeld(lane.journal(), named, 0));
            }
        }
        return new Welcome(version, engine, held, windowEvents, sinceUtcNanos);
    }

    /** These ranges in pieces that a message can carry. */
    static List<SeqRanges> inMessages(SeqRanges ranges) {
        if (ranges.rangeCount() <= SeqRanges.MAX_RANGES_ON_WIRE) {
            return List.of(ranges);
        }
        List<SeqRanges> pieces = new ArrayList<>();
        List<SeqRanges.Range> all = ranges.ranges();
        for (int i = 0; i < all.size(); i += SeqRanges.MAX_RANGES_ON_WIRE) {
            pieces.add(SeqRanges.of(all.subList(i, Math.min(i + SeqRanges.MAX_RANGES_ON_WIRE, all.size()))));
        }
        return pieces;
    }
}
