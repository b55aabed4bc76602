package org.matgate.simulator.reader;

import java.time.ZoneOffset;

/**
 * What kind of IPICO reader it is.
 *
 * @param baud of the serial line inside it, which makes a line arrive in pieces
 * @param readerId 0 to 255
 * @param clockOffsetNanos how much its clock is ahead of the truth at the start
 * @param driftPpm how much its clock runs fast, in millionths
 * @param zone what time its calendar shows
 * @param bufferedReads how many reads its memory holds
 */
public record IpicoOptions(
        int baud, int readerId, long clockOffsetNanos, double driftPpm, ZoneOffset zone, int bufferedReads) {
    /** Right clock, in UTC; a line takes about 10 ms. */
    public static final IpicoOptions DEFAULT = new IpicoOptions(38_400, 0, 0, 0, ZoneOffset.UTC, 4096);

    public IpicoOptions {
        Options.check("baud", baud, 1, 10_000_000);
        Options.check("reader id", readerId, 0, 255);
        Options.check("buffered reads", bufferedReads, 1, 1_000_000);
    }

    public IpicoOptions withBaud(int value) {
        return new IpicoOptions(value, readerId, clockOffsetNanos, driftPpm, zone, bufferedReads);
    }

    public IpicoOptions withClockOffsetNanos(long value) {
        return new IpicoOptions(baud, readerId, value, driftPpm, zone, bufferedReads);
    }

    public IpicoOptions withDriftPpm(double value) {
        return new IpicoOptions(baud, readerId, clockOffsetNanos, value, zone, bufferedReads);
    }

    public IpicoOptions withZone(ZoneOffset value) {
        return new IpicoOptions(baud, readerId, clockOffsetNanos, driftPpm, value, bufferedReads);
    }

    public IpicoOptions withBufferedReads(int value) {
        return new IpicoOptions(baud, readerId, clockOffsetNanos, driftPpm, zone, value);
    }
}
