package org.matgate.gateway;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.matgate.gateway.gpio.Pins;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.journal.JournalStatus;
import org.matgate.gateway.status.Level;
import org.matgate.gateway.status.Room;
import org.matgate.gateway.status.Words;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of what there is to tell of the disk and of the journal's file. */
final class DiskWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);

    private static final long LOOK_MILLIS = 1_000;

    private final Journal journal;
    private final Pins.BoxTeller teller;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("disk-watch").factory());
    private Level told = Level.OK;

    private DiskWatch(Journal journal, Pins.BoxTeller teller) {
        this.journal = journal;
        this.teller = teller;
    }

    static DiskWatch start(Journal journal, Pins.BoxTeller teller) {
        DiskWatch watch = new DiskWatch(journal, teller);
        Future<?> looks = watch.thread.scheduleWithFixedDelay(watch::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        log.debug("looking at the disk every {} ms: {}", LOOK_MILLIS, looks);
        return watch;
    }

    private void look() {
        try {
            for (Optional<Journal.Notice> notice = journal.notice(); notice.isPresent(); notice = journal.notice()) {
                if (!teller.tell(notice.get().condition(), notice.get().detail())) {
                    return;
                }
                journal.told(notice.get());
            }
            room(journal.status());
        } catch (RuntimeException e) {
            // It must not be the last look.
            log.error("looking at the disk failed", e);
        }
    }

    /** Tells when it gets worse, and when all is well again. */
    private void room(JournalStatus status) {
        Level now = status.care().inReserve() ? Level.FAIL : Room.level(status.usableBytes());
        boolean worse = now.compareTo(told) > 0;
        boolean well = now == Level.OK && told != Level.OK && !Room.scarce(status.usableBytes());
        if ((worse || well) && teller.tell(worse ? BoxCondition.DISK_LOW : BoxCondition.DISK_OK, detail(status))) {
            told = now;
        }
    }

    private static String detail(JournalStatus status) {
        OptionalLong usable = status.usableBytes();
        return (usable.isPresent() ? Words.bytes(usable.getAsLong()) + " free" : "room unknown")
                + (status.care().inReserve()
                        ? ", the database cannot grow, "
                                + Math.round(100 * status.care().reserveLeft()) + " % of the reserve are left"
                        : "");
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
