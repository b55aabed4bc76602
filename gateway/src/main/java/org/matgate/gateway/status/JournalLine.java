package org.matgate.gateway.status;

import java.util.Locale;
import org.matgate.gateway.journal.JournalStatus;

/** The line of the journal. */
final class JournalLine {
    /** A disk that keeps up leaves the intake all but empty. */
    private static final double BUSY = 0.5;

    private static final int SHORT_ID = 8;

    private JournalLine() {}

    static Line of(JournalStatus journal) {
        double fill = journal.fillLevel();
        JournalStatus.Care care = journal.care();
        String id = journal.journal().toString();
        Facts facts = Facts.NONE
                .with("journal", id)
                .with("events", journal.lastSeq())
                .with("intake_fill", fill)
                .with("disk_free_bytes", journal.usableBytes())
                .with("trouble", journal.trouble())
                .with("reserve_left", care.reserveLeft())
                .with("reserve_in_use", care.inReserve())
                .with("salvaging", care.salvaging())
                .with("unreadable", care.unreadable())
                .with("forced", care.forced());
        String text = Words.count(journal.lastSeq()) + " events"
                + String.format(Locale.ROOT, ", intake %.0f %% full", 100 * fill)
                + (journal.usableBytes().isPresent()
                        ? ", " + Words.bytes(journal.usableBytes().getAsLong()) + " free"
                        : "")
                + (care.inReserve()
                        ? String.format(
                                Locale.ROOT, ", DISK FULL, %.0f %% of the reserve left", 100 * care.reserveLeft())
                        : "")
                + (care.unreadable() > 0 ? ", " + Words.count(care.unreadable()) + " unreadable" : "")
                + (care.salvaging() ? ", saving from a damaged file" : "")
                + (care.forced() ? "" : ", COMMITS ARE NOT FORCED TO THE DISK")
                + journal.trouble().map(why -> ", " + why).orElse("");
        return Room.judge(new Findings(), journal.usableBytes())
                .fail(
                        journal.trouble().isPresent(),
                        "nothing reaches the disk: is it full, read-only or failing? `df -h` and `dmesg | tail` tell")
                .fail(
                        care.inReserve(),
                        "make room on the disk at once: reads go to the reserve, and are lost when it is gone")
                .warn(care.salvaging(), "a damaged file is kept aside as journal-damaged-*.db; keep it")
                .warn(
                        care.unreadable() > 0,
                        "the disk damaged what was written: change the card after the race, and keep this one")
                .warn(
                        !care.forced(),
                        "reads are lost when the power fails: take synchronous = \"normal\" out of matgate.toml")
                .fail(fill >= 1, "reads are being dropped: the disk does not keep up")
                .warn(fill >= BUSY && fill < 1, "the disk hardly keeps up; stop what else writes to it")
                .line("journal", id.substring(0, SHORT_ID), text, facts);
    }
}
