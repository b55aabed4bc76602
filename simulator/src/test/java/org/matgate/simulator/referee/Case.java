package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Gap;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;

/** A case for the referee, put together by hand. Two mats, {@code main} and {@code backup}, in the box {@code finish}. */
final class Case {
    static final long MS = 1_000_000;

    /** UTC less CLOCK_MONOTONIC. */
    static final long OFFSET = 1_700_000_000_000_000_000L;

    static final UUID BOOT = UUID.fromString("00000000-0000-4000-8000-000000000001");

    final SequencedMap<String, String> mats = new LinkedHashMap<>();
    final List<TruthRead> truth = new ArrayList<>();
    final List<Happening> happenings = new ArrayList<>();
    final List<HeldRead> engine = new ArrayList<>();
    final List<HeldGap> gaps = new ArrayList<>();
    final List<HeldRead> boxes = new ArrayList<>();

    TimeEvidence times = TimeEvidence.NONE;
    RaceRecord race = RaceRecord.NONE;

    Case() {
        mats.put("main", "finish");
        mats.put("backup", "finish");
    }

    /** A case in which both mats offer and deliver ten reads, one every 100 ms from 1 s on. */
    static Case good() {
        Case good = new Case();
        for (int i = 0; i < 10; i++) {
            good.delivered(good.sent("main", 1000 + 100 * i, i + 1, Fate.WHOLE));
            good.delivered(good.sent("backup", 1000 + 100 * i, i + 1, Fate.WHOLE));
        }
        return good;
    }

    /** A read sighted at this moment (ms, CLOCK_MONOTONIC) and sent 5 ms later; its chip has this number. */
    TruthRead sent(String mat, long millis, int number, Fate fate) {
        TruthRead read = new TruthRead(
                new WireRead(
                        mat,
                        millis * MS,
                        new Chip(String.format("%024X", number)),
                        1,
                        OptionalInt.of(-6000),
                        new ReaderTime(ReaderTime.Base.CYCLE, millis % 250 * 1000)),
                millis * MS + OFFSET,
                (millis + 5) * MS,
                fate);
        truth.add(read);
        return read;
    }

    void delivered(TruthRead read) {
        engine.add(held(read, 1 * MS));
        boxes.add(held(read, 1 * MS));
    }

    /** The read as an engine holds it, its time wrong by so much, its uncertainty 3 ms, stored 20 ms after the sighting. */
    HeldRead held(TruthRead read, long wrongNanos) {
        return new HeldRead(
                "00112233445566778899aabbccddeeff",
                engine.size() + 1,
                read.read().reader(),
                read.read().chip(),
                read.read().antenna(),
                read.read().rssiCentiDbm(),
                read.read().readerTime(),
                time(read.sightedUtcNanos() + wrongNanos, 3 * MS),
                read.sentMonotonicNanos() + MS,
                read.sightedUtcNanos() + 20 * MS);
    }

    static HeldTime time(long utcNanos, long uncertaintyNanos) {
        return new HeldTime(BOOT, utcNanos, utcNanos, uncertaintyNanos, ClockSource.KERNEL);
    }

    HeldRead withChip(HeldRead read, int number) {
        return new HeldRead(
                read.journal(),
                read.seq(),
                read.reader(),
                new Chip(String.format("%024X", number)),
                read.antenna(),
                read.rssiCentiDbm(),
                read.readerTime(),
                read.time(),
                read.arrivalMonotonicNanos(),
                read.storedUtcNanos());
    }

    HeldRead withUncertainty(HeldRead read, long uncertaintyNanos) {
        return withTime(read, time(read.utcNanos(), uncertaintyNanos));
    }

    static HeldRead withTime(HeldRead read, HeldTime time) {
        return new HeldRead(
                read.journal(),
                read.seq(),
                read.reader(),
                read.chip(),
                read.antenna(),
                read.rssiCentiDbm(),
                read.readerTime(),
                time,
                read.arrivalMonotonicNanos(),
                read.storedUtcNanos());
    }

    void gap(String mat, long fromMillis, long untilMillis) {
        gaps.add(new HeldGap(
                mat,
                new Gap(
                        Gap.Cause.NOT_LISTENING,
                        fromMillis * MS,
                        untilMillis * MS,
                        fromMillis * MS + OFFSET,
                        untilMillis * MS + OFFSET,
                        0)));
    }

    void happened(long millis, Happening.Kind kind, String subject) {
        happenings.add(new Happening(millis * MS, kind, subject, ""));
    }

    Evidence evidence() {
        return new Evidence("Case", 1, "matsim test", mats, truth, happenings, engine, gaps, boxes, times, race);
    }

    Verdict judge() {
        return Referee.judge(evidence());
    }

    String lastLine() {
        return VerdictText.lines(judge()).getLast();
    }
}
