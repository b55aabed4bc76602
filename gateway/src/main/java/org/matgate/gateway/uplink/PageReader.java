package org.matgate.gateway.uplink;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.matgate.gateway.journal.JournalView;
import org.matgate.protocol.stream.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pages of the past for one uplink, on a thread where the disk may take its time. Called on the event loop, where
 * it answers, too, unless that has ended.
 */
final class PageReader {
    private static final Logger LOG = LoggerFactory.getLogger(PageReader.class);

    /** Who wants the pages: one answer for each. */
    interface Reader {
        void pageRead(List<Entry> entries);

        void pageFailed();
    }

    private final String engine;
    private final JournalView journal;
    private final EventLoop loop;
    private final Executor disk;
    private final Reader reader;
    private int failures;

    PageReader(String engine, JournalView journal, EventLoop loop, Executor disk, Reader reader) {
        this.engine = engine;
        this.journal = journal;
        this.loop = loop;
        this.disk = disk;
        this.reader = reader;
    }

    /** After its rest. */
    void read(UplinkAction.ReadPage page) {
        if (page.restNanos() == 0) {
            readNow(page);
        } else {
            Future<?> rest = loop.schedule(() -> readNow(page), page.restNanos(), TimeUnit.NANOSECONDS);
            LOG.trace("engine {}: {} after {}", engine, page, rest);
        }
    }

    private void readNow(UplinkAction.ReadPage page) {
        try {
            disk.execute(() -> {
                try {
                    List<Entry> entries = journal.read(page.journal(), page.firstSeq(), page.lastSeq(), page.size());
                    onLoop(() -> {
                        failures = 0;
                        reader.pageRead(entries);
                    });
                } catch (IOException | RuntimeException e) {
                    onLoop(() -> failed(page, e));
                }
            });
        } catch (RejectedExecutionException e) {
            onLoop(() -> failed(page, e));
        }
    }

    /** Told once, until one could be read again. */
    private void failed(UplinkAction.ReadPage page, Exception why) {
        if (failures++ == 0) {
            LOG.error("engine {}: {} failed and is tried again: {}", engine, page, Uplink.describe(why));
        }
        reader.pageFailed();
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("engine {}: the event loop has ended", engine, e);
        }
    }
}
