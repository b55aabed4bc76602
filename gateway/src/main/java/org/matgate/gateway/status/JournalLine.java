package org.matgate.gateway.status;

import java.util.Locale;
import org.matgate.gateway.journal.JournalStatus;

/** The line of the journal. */
final class JournalLine {
    /** Some three million reads: a long race on many mats. */
    static final long LITTLE_ROOM_BYTES = 1_000_000_000L;

    /** Minutes at full speed. */
    static final long NO_ROOM_BYTES = 100_000_000L;

    /** A disk that keeps up leaves the intake all but empty. */
    private static final double BUSY = 0.5;

    private static final int SHORT_ID = 8;

    private JournalLine() {}

    static Line of(JournalStatus journal) {
        long usable = journal.usableBytes().orElse(Long.MAX_VALUE);
        double fill = journal.fillLevel();
        String id = journal.journal().toString();
        Facts facts = Facts.NONE
                .with("journal", id)
                .with("events", journal.lastSeq())
                .with("intake_fill", fill)
                .with("disk_free_bytes", journal.usableBytes())
                .with("trouble", journal.trouble());
        String text = Words.count(journal.lastSeq()) + " events"
                + String.format(Locale.ROOT, ", intake %.0f %% full", 100 * fill)
                + (journal.usableBytes().isPresent() ? ", " + Words.bytes(usable) + " free" : "")
                + journal.trouble().map(why -> ", " + why).orElse("");
        return new Findings()
                .fail(
                        journal.trouble().isPresent(),
                        "nothing reaches the disk: is it full, read-only or failing? `df -h` and `dmesg | tail` tell")
                .fail(fill >= 1, "reads are being dropped: the disk does not keep up")
                .warn(fill >= BUSY && fill < 1, "the disk hardly keeps up; stop what else writes to it")
                .fail(usable < NO_ROOM_BYTES, roomy())
                .warn(usable >= NO_ROOM_BYTES && usable < LITTLE_ROOM_BYTES, roomy())
                .line("journal", id.substring(0, SHORT_ID), text, facts);
    }

    private static String roomy() {
        return "make room on the disk: move away what is not the journal";
    }
}
