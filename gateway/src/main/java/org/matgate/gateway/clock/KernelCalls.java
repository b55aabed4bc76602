package org.matgate.gateway.clock;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The C library's calls about clocks, on 64-bit Linux. The layouts are those of {@code <time.h>} and
 * {@code <sys/timex.h>} on LP64, the same on x86-64 and aarch64:
 *
 * <table>
 * <caption>Fields in use</caption>
 * <tr><th>struct</th><th>size</th><th>offset</th><th>field</th></tr>
 * <tr><td>timespec</td><td>16</td><td>0</td><td>long tv_sec</td></tr>
 * <tr><td></td><td></td><td>8</td><td>long tv_nsec</td></tr>
 * <tr><td>timex</td><td>208</td><td>0</td><td>unsigned int modes; 0 only reads</td></tr>
 * <tr><td></td><td></td><td>16</td><td>long freq, ppm in units of 2^-16</td></tr>
 * <tr><td></td><td></td><td>24</td><td>long maxerror, µs</td></tr>
 * <tr><td></td><td></td><td>32</td><td>long esterror, µs</td></tr>
 * <tr><td></td><td></td><td>40</td><td>int status</td></tr>
 * <tr><td></td><td></td><td>160</td><td>int tai, s</td></tr>
 * </table>
 *
 * Thread-safe.
 */
final class KernelCalls {
    static final int REALTIME = 0;
    static final int MONOTONIC = 1;
    static final int MONOTONIC_RAW = 4;

    /** CLOCK_MONOTONIC and the time that the machine slept. */
    static final int BOOTTIME = 7;

    static final long TIMESPEC_BYTES = 16;
    static final long TIMESPEC_NSEC = 8;
    static final long TIMEX_BYTES = 208;
    static final long TIMEX_MODES = 0;
    static final long TIMEX_FREQ = 16;
    static final long TIMEX_MAXERROR = 24;
    static final long TIMEX_ESTERROR = 32;
    static final long TIMEX_STATUS = 40;
    static final long TIMEX_TAI = 160;
    private static final long FREQ_UNITS_A_PPM = 1 << 16;

    /** What adjtimex returns: of leap seconds, and that the clock is not synchronised. */
    static final int TIME_INS = 1;

    static final int TIME_DEL = 2;
    static final int TIME_OOP = 3;
    static final int TIME_WAIT = 4;
    static final int TIME_ERROR = 5;

    static final int STA_INS = 0x0010;
    static final int STA_DEL = 0x0020;
    static final int STA_UNSYNC = 0x0040;

    private final MethodHandle clockGettime;
    private final MethodHandle adjtimex;
    private final MemorySegment timespec = Arena.ofAuto().allocate(TIMESPEC_BYTES, 8);
    private final MemorySegment timex = Arena.ofAuto().allocate(TIMEX_BYTES, 8);

    KernelCalls() {
        if (ADDRESS.byteSize() != 8) {
            throw new IllegalStateException("This Java is for a " + ADDRESS.byteSize() * 8
                    + "-bit system; matgate needs 64-bit Linux (x86-64 or aarch64).");
        }
        clockGettime = find("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
        adjtimex = find("adjtimex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    /** One clock now, nanoseconds. */
    synchronized long nanos(int clock) {
        int result;
        try {
            result = (int) clockGettime.invokeExact(clock, timespec);
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime(" + clock + ")", e);
        }
        if (result != 0) {
            throw new IllegalStateException("clock_gettime(" + clock + ") returned " + result);
        }
        return timespec.get(JAVA_LONG, 0) * 1_000_000_000L + timespec.get(JAVA_LONG, TIMESPEC_NSEC);
    }

    /** The state of the kernel's clock; a kernel that does not tell (a sandbox) vouches for nothing. */
    synchronized Discipline discipline() {
        timex.fill((byte) 0);
        timex.set(JAVA_INT, TIMEX_MODES, 0);
        int state;
        try {
            state = (int) adjtimex.invokeExact(timex);
        } catch (Throwable e) {
            throw new IllegalStateException("adjtimex", e);
        }
        int status = timex.get(JAVA_INT, TIMEX_STATUS);
        return new Discipline(
                state >= 0 && state != TIME_ERROR && (status & STA_UNSYNC) == 0,
                timex.get(JAVA_LONG, TIMEX_MAXERROR) * 1_000,
                timex.get(JAVA_LONG, TIMEX_ESTERROR) * 1_000,
                leap(state, status),
                timex.get(JAVA_LONG, TIMEX_FREQ) * 1_000 / FREQ_UNITS_A_PPM,
                timex.get(JAVA_INT, TIMEX_TAI));
    }

    /** An unsynchronised clock returns TIME_ERROR whatever its leap state; then what was asked of the kernel tells. */
    static Leap leap(int state, int status) {
        return switch (state) {
            case TIME_INS -> Leap.INSERT;
            case TIME_DEL -> Leap.DELETE;
            case TIME_OOP, TIME_WAIT -> Leap.IN_PROGRESS;
            case TIME_ERROR ->
                (status & STA_INS) != 0 ? Leap.INSERT : (status & STA_DEL) != 0 ? Leap.DELETE : Leap.NONE;
            default -> Leap.NONE;
        };
    }

    private static MethodHandle find(String function, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        MemorySegment address = library.find(function)
                .orElseThrow(() -> new IllegalStateException(
                        "The C library has no " + function + "; matgate needs Linux with glibc or musl."));
        return linker.downcallHandle(address, descriptor);
    }
}
