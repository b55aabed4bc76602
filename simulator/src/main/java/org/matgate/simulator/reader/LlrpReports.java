package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.matgate.protocol.Chip;
import org.matgate.protocol.llrp.LlrpConfig.EventNotificationState;
import org.matgate.protocol.llrp.LlrpConfig.RoReportSpec;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.simulator.reader.ReaderModel.Seen;

/**
 * From sightings to reports. With N = 1 each sighting is told by itself, though several may go out together; otherwise
 * those of one chip by one antenna become one until the report goes out.
 */
final class LlrpReports {
    /** A reader gathers for so long, and so many, before it sends, unless it is told to be quick. */
    static final long GATHER_NANOS = 30_000_000;

    static final int GATHER_READS = 40;

    /** Sightings in one message at most. */
    private static final int MESSAGE_READS = 50;

    private static final int WARNING_PERCENT = 80;
    private static final int RELIEF_PERCENT = 50;

    private final LlrpOptions options;
    private final LlrpSettings settings;
    private final LlrpVoice voice;
    private final LlrpAbilities abilities;
    private final Outbox outbox;
    private final Map<Key, LlrpContent.Told> gathered = new LinkedHashMap<>();
    private LlrpContent content;
    private RoReportSpec report;
    private long dueNanos = Long.MAX_VALUE;
    private long number;
    private long tagsSincePurge;
    private boolean warned;
    private boolean overflowing;

    /** What makes a report of its own; the number tells apart what is not to be merged. */
    private record Key(Chip chip, int antenna, long number) {}

    LlrpReports(LlrpOptions options, LlrpSettings settings, LlrpVoice voice, LlrpAbilities abilities, Outbox outbox) {
        this.options = options;
        this.settings = settings;
        this.voice = voice;
        this.abilities = abilities;
        this.outbox = outbox;
        this.report = settings.report();
        this.content = new LlrpContent(voice, abilities, 0, report);
    }

    /** As it is when it is switched on. */
    void poweredOn() {
        gathered.clear();
        dueNanos = Long.MAX_VALUE;
        tagsSincePurge = 0;
        warned = false;
        overflowing = false;
    }

    /** From now on as this ROSpec says. */
    void begin(long roSpec, RoReportSpec now) {
        report = now;
        content = new LlrpContent(voice, abilities, roSpec, now);
    }

    RoReportSpec spec() {
        return report;
    }

    /** It forgets what it keeps count of. */
    void purge() {
        tagsSincePurge = 0;
    }

    int gathered() {
        return gathered.size();
    }

    long nextDueNanos() {
        return dueNanos;
    }

    Seen take(Sighting sighting, long now) {
        boolean purgeable = options.vendor() == LlrpOptions.Vendor.ZEBRA;
        if (outbox.room() <= gathered.size() || (purgeable && tagsSincePurge >= options.tagMemory())) {
            overflow(now);
            return Seen.OVERFLOWED;
        }
        tagsSincePurge++;
        Seen seen = gather(sighting);
        watchLevel(now);
        if (report.trigger() == RoReportSpec.NONE) {
            return seen;
        }
        if (report.n() == 1 && dueNanos == Long.MAX_VALUE) {
            dueNanos = sighting.monotonicNanos() + GATHER_NANOS;
        }
        int most = report.n() == 1 ? GATHER_READS : report.n();
        if ((report.n() == 1 && settings.lowLatency()) || (most > 0 && gathered.size() >= most)) {
            flush(now);
        }
        return seen;
    }

    /** A sighting that is told along with an earlier one is a read that nobody gets. */
    private Seen gather(Sighting sighting) {
        number += report.n() == 1 ? 1 : 0;
        Key key =
                new Key(sighting.chip(), content.tellsAntenna() ? sighting.antenna() : 0, report.n() == 1 ? number : 0);
        LlrpContent.Told before = gathered.get(key);
        gathered.put(key, before == null ? LlrpContent.Told.of(sighting) : before.and(sighting));
        return before == null ? Seen.TAKEN : Seen.IGNORED;
    }

    /** What was gathered goes out, if it is time. */
    void advance(long now) {
        if (dueNanos <= now) {
            flush(now);
        }
    }

    /** What was gathered goes out. */
    void flush(long now) {
        dueNanos = Long.MAX_VALUE;
        List<LlrpContent.Told> all = new ArrayList<>(gathered.values());
        gathered.clear();
        for (int from = 0; from < all.size(); from += MESSAGE_READS) {
            List<LlrpContent.Told> part = all.subList(from, Math.min(all.size(), from + MESSAGE_READS));
            List<LlrpParameter> tags =
                    part.stream().<LlrpParameter>map(content::tell).toList();
            byte[] frame = new LlrpMessage.RoAccessReport(voice.nextId(), tags).encode();
            if (!outbox.reads(part.stream().map(LlrpContent.Told::first).toList(), frame)) {
                overflow(now);
            }
        }
    }

    private void watchLevel(long now) {
        int percent = (int) (100L * (outbox.reads() + gathered.size()) / options.bufferedReads());
        overflowing &= percent >= RELIEF_PERCENT;
        if (percent >= WARNING_PERCENT && !warned) {
            warned = true;
            happened(EventNotificationState.REPORT_BUFFER_FILL, new LlrpEvent.BufferLevel(percent), now);
        }
        warned &= percent >= RELIEF_PERCENT;
    }

    /** Said once while it lasts. */
    private void overflow(long now) {
        if (!overflowing) {
            overflowing = true;
            happened(EventNotificationState.REPORT_BUFFER_FILL, new LlrpEvent.BufferOverflow(), now);
        }
    }

    private void happened(int event, LlrpEvent what, long now) {
        if (settings.wants(event)) {
            voice.happened(what, now);
        }
    }
}
