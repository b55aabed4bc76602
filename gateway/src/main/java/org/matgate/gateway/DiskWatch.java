package org.matgate.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

    /** For the last look, and for one in progress that asks a slow disk how much room it has. */
    private static final long LAST_LOOK_MILLIS = 2_000;

    private final Journal journal;
    private final Pins.BoxTeller teller;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("disk-watch").factory());
    private final LossTeller losses;
    private final Supplier<JournalStatus> status;
    private Level told = Level.OK;
    private final LossCounter counter = new LossCounter();

    /** Tells at once how many reads found no room, by reader. */
    interface LossTeller {
        /** Tells it; false if it could not be told. */
        boolean tell(String detail, Map<String, Long> reads);
    }

    /** At rest. */
    DiskWatch(Journal journal, Supplier<JournalStatus> status, Pins.BoxTeller teller, LossTeller losses) {
        this.journal = journal;
        this.status = status;
        this.teller = teller;
        this.losses = losses;
    }

    static DiskWatch start(Journal journal, Pins.BoxTeller teller, LossTeller losses) {
        DiskWatch watch = new DiskWatch(journal, journal::status, teller, losses);
        Future<?> looks = watch.thread.scheduleWithFixedDelay(watch::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        log.debug("looking at the disk every {} ms: {}", LOOK_MILLIS, looks);
        return watch;
    }

    /** Looks once, and tells what is new. */
    void look() {
        try {
            loss();
            for (Optional<Journal.Notice> notice = journal.notice(); notice.isPresent(); notice = journal.notice()) {
                if (!teller.tell(notice.get().condition(), notice.get().detail())) {
                    return;
                }
                journal.told(notice.get());
            }
            room(status.get());
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

    /** Tells what the intake had no room for, before all that waits there. */
    private void loss() {
        Map<String, Long> refused = journal.refused();
        Optional<String> trouble = journal.trouble();
        if (counter.due(sum(refused), trouble.isPresent()) && tell(refused, trouble)) {
            counter.told();
        }
    }

    private void lastLoss() {
        Map<String, Long> refused = journal.refused();
        if (counter.untold(sum(refused)) && !tell(refused, journal.trouble())) {
            log.warn("the last count of reads that found no room could not be told: {}", refused);
        }
    }

    private boolean tell(Map<String, Long> refused, Optional<String> trouble) {
        return losses.tell(
                sum(refused) + " reads found no room since the start"
                        + trouble.map(why -> ": " + why).orElse(""),
                refused);
    }

    private static long sum(Map<String, Long> refused) {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String detail(JournalStatus status) {
        OptionalLong usable = status.usableBytes();
        return (usable.isPresent() ? Words.bytes(usable.getAsLong()) + " free" : "room unknown")
                + (status.care().inReserve()
                        ? ", the database cannot grow, "
                                + Math.round(100 * status.care().reserveLeft()) + " % of the reserve are left"
                        : "");
    }

    /** Tells what was not told yet of reads that found no room; to be called once nobody offers reads, before the journal's end. */
    @Override
    public void close() {
        thread.execute(this::lastLoss);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                log.warn("the disk does not tell how much room it has; a last count of lost reads may be missing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
