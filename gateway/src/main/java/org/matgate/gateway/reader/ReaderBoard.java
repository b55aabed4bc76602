package org.matgate.gateway.reader;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.AntennaCondition;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Source;

/** What is known of one reader now, for whoever asks. Moments are on CLOCK_MONOTONIC, in nanoseconds. Thread-safe. */
final class ReaderBoard {
    private final Source source;
    private final String port;
    private final SortedMap<Integer, ReaderStatus.Antenna> antennas = new TreeMap<>();
    private ReaderPhase phase = ReaderPhase.CONNECTING;
    private String detail = "";
    private long sinceNanos;
    private OptionalLong notReadingSinceNanos;
    private long reads;
    private final RateMeter rate = new RateMeter();
    private long readsLost;
    private OptionalLong lastReadNanos = OptionalLong.empty();
    private long gaps;
    private OptionalLong lastGapNanos = OptionalLong.empty();
    private Optional<Vital.Identity> identity = Optional.empty();
    private OptionalInt celsius = OptionalInt.empty();
    private OptionalInt bufferPercent = OptionalInt.empty();
    private Optional<Vital.ReaderOffset> offset = Optional.empty();

    /** @param port names the link for a person */
    ReaderBoard(Source source, String port, List<Integer> antennas, long nowNanos) {
        this.source = source;
        this.port = port;
        this.sinceNanos = nowNanos;
        this.notReadingSinceNanos = OptionalLong.of(nowNanos);
        antennas.forEach(antenna -> this.antennas.put(antenna, ReaderStatus.Antenna.UNKNOWN));
    }

    synchronized void phase(ReaderPhase now, String text, long nowNanos) {
        if (now != phase) {
            sinceNanos = nowNanos;
        }
        if (now == ReaderPhase.READING || now == ReaderPhase.DEGRADED) {
            notReadingSinceNanos = OptionalLong.empty();
        } else if (notReadingSinceNanos.isEmpty()) {
            notReadingSinceNanos = OptionalLong.of(nowNanos);
        }
        phase = now;
        detail = text;
    }

    synchronized void antenna(int antenna, AntennaCondition condition, String text) {
        antennas.put(antenna, known(antenna).in(condition, text));
    }

    synchronized void read(TagReport report, long arrivalNanos) {
        reads++;
        rate.count(arrivalNanos);
        lastReadNanos = OptionalLong.of(arrivalNanos);
        if (report.antenna() > 0) {
            antennas.put(report.antenna(), known(report.antenna()).read());
        }
    }

    synchronized void readLost() {
        readsLost++;
    }

    synchronized void gap(long nowNanos) {
        gaps++;
        lastGapNanos = OptionalLong.of(nowNanos);
    }

    synchronized void learned(Vital vital) {
        switch (vital) {
            case Vital.Identity now -> identity = Optional.of(now);
            case Vital.Temperature now -> celsius = OptionalInt.of(now.celsius());
            case Vital.ReturnLoss now ->
                antennas.put(now.antenna(), known(now.antenna()).returning(now.centiDb()));
            case Vital.BufferLevel now -> bufferPercent = OptionalInt.of(now.percent());
            case Vital.ReaderOffset now -> offset = Optional.of(now);
        }
    }

    private ReaderStatus.Antenna known(int antenna) {
        return antennas.getOrDefault(antenna, ReaderStatus.Antenna.UNKNOWN);
    }

    synchronized long reads() {
        return reads;
    }

    synchronized long readsLost() {
        return readsLost;
    }

    synchronized ReaderStatus status(long nowNanos) {
        return new ReaderStatus(
                source,
                port,
                phase,
                detail,
                sinceNanos,
                notReadingSinceNanos,
                reads,
                rate.perSecond(nowNanos),
                readsLost,
                lastReadNanos,
                gaps,
                lastGapNanos,
                antennas,
                identity,
                celsius,
                bufferPercent,
                offset);
    }
}
