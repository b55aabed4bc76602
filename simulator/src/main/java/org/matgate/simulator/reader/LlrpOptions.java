package org.matgate.simulator.reader;

import java.util.List;
import java.util.function.Supplier;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpVendor;
import org.matgate.simulator.SimClock;

/**
 * What kind of LLRP reader it is.
 *
 * @param antennas ports with an antenna, 1 to 32
 * @param clockOffsetNanos how much its UTC clock is ahead of the truth at the start
 * @param driftPpm how much its clock runs fast, in millionths
 * @param utcClock whether it knows the time; without, it tells the time since it was switched on
 * @param bufferedReads how many reads its memory holds
 * @param tagMemory a Zebra reader reads no more after so many tags, unless it is told to purge them
 */
public record LlrpOptions(
        Vendor vendor,
        Region region,
        int antennas,
        long clockOffsetNanos,
        double driftPpm,
        boolean utcClock,
        int bufferedReads,
        int tagMemory) {
    /** An Impinj reader of four antennas in North America, whose clock is right. */
    public static final LlrpOptions DEFAULT =
            new LlrpOptions(Vendor.IMPINJ, Region.FCC, 4, 0, 0, true, 10_000, 800_000);

    /** Who made it: some speak extensions of their own. */
    public enum Vendor {
        /** As a Speedway R420. */
        IMPINJ(LlrpVendor.IMPINJ, 2_001_002, "4.8.3.240"),
        /** As an FX7500. */
        ZEBRA(LlrpVendor.ZEBRA, 75_004, "3.10.30.0"),
        /** Nobody; the number is one for examples (RFC 5612). */
        OTHER(32_473, 1, "1.0");

        final long manufacturer;
        final long model;
        final String firmware;

        Vendor(long manufacturer, long model, String firmware) {
            this.manufacturer = manufacturer;
            this.model = model;
            this.firmware = firmware;
        }
    }

    /** By whose rules it transmits. */
    public enum Region {
        /** North America: it hops. */
        FCC,
        /** Europe: four channels. */
        ETSI
    }

    public LlrpOptions {
        Options.check("antennas", antennas, 1, 32);
        Options.check("buffered reads", bufferedReads, 1, 1_000_000);
        Options.check("tag memory", tagMemory, 1, Integer.MAX_VALUE);
    }

    public LlrpOptions withVendor(Vendor value) {
        return new LlrpOptions(value, region, antennas, clockOffsetNanos, driftPpm, utcClock, bufferedReads, tagMemory);
    }

    public LlrpOptions withRegion(Region value) {
        return new LlrpOptions(vendor, value, antennas, clockOffsetNanos, driftPpm, utcClock, bufferedReads, tagMemory);
    }

    public LlrpOptions withAntennas(int value) {
        return new LlrpOptions(vendor, region, value, clockOffsetNanos, driftPpm, utcClock, bufferedReads, tagMemory);
    }

    public LlrpOptions withClockOffsetNanos(long value) {
        return new LlrpOptions(vendor, region, antennas, value, driftPpm, utcClock, bufferedReads, tagMemory);
    }

    public LlrpOptions withDriftPpm(double value) {
        return new LlrpOptions(vendor, region, antennas, clockOffsetNanos, value, utcClock, bufferedReads, tagMemory);
    }

    public LlrpOptions withUtcClock(boolean value) {
        return new LlrpOptions(vendor, region, antennas, clockOffsetNanos, driftPpm, value, bufferedReads, tagMemory);
    }

    public LlrpOptions withBufferedReads(int value) {
        return new LlrpOptions(vendor, region, antennas, clockOffsetNanos, driftPpm, utcClock, value, tagMemory);
    }

    public LlrpOptions withTagMemory(int value) {
        return new LlrpOptions(vendor, region, antennas, clockOffsetNanos, driftPpm, utcClock, bufferedReads, value);
    }

    /** What such a reader tells a client while another one has it; the time in it leaves the drift out. */
    public Supplier<byte[]> refusal(SimClock clock) {
        return () -> {
            long micros = (clock.utcNanos(clock.monotonicNanos()) + clockOffsetNanos) / 1000;
            LlrpEvent busy =
                    new LlrpEvent.ConnectionAttempt(LlrpEvent.ConnectionAttempt.FAILED_CLIENT_INITIATED_EXISTS);
            return new LlrpMessage.ReaderEvent(0, new LlrpEvent.Data(List.of(new LlrpEvent.UtcTimestamp(micros), busy)))
                    .encode();
        };
    }
}
