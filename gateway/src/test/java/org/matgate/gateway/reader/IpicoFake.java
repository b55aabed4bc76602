package org.matgate.gateway.reader;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.ipico.IpicoCommand;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/** What an IPICO reader tells, by a clock of its own. */
final class IpicoFake {
    static final String RAW = text(new IpicoCommand.SetMode(0, IpicoCommand.Mode.RAW).encode());
    static final String CLOCK = text(new IpicoCommand.GetClock(0).encode());

    private final ManualClock clock;

    /** Its clock is ahead of ours. */
    long aheadMicros = 1_770_000_000_371_000L;

    IpicoFake(ManualClock clock) {
        this.clock = clock;
    }

    static String text(byte[] command) {
        return new String(command, StandardCharsets.US_ASCII).strip();
    }

    IpicoMessage.Control answer(byte[] command) {
        return text(command).equals(RAW)
                ? new IpicoMessage.Control(0, 0x09, "")
                : new IpicoMessage.Control(0, 0x02, told(micros()));
    }

    private long micros() {
        return clock.monotonicNanos() / 1_000 + aheadMicros;
    }

    private static String told(long micros) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(micros / 1_000_000, 0, ZoneOffset.UTC);
        return time.format(DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT))
                + "0" + time.getDayOfWeek().getValue() % 7
                + time.format(DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT));
    }

    /** A chip that it sees now. */
    TagReport sees() {
        ReaderTime time = new ReaderTime(ReaderTime.Base.CIVIL, micros() / 10_000 * 10_000);
        return new TagReport(new Chip("058000128608"), 0, OptionalInt.empty(), time, 1);
    }
}
