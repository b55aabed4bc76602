package org.matgate.gateway.reader;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.matgate.protocol.Chip;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryTag;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/** Frames that the loop's tests put on a wire. */
final class Frames {
    private Frames() {}

    static final byte[] LINE = Bytes.line("aa0005800012860800012603062027472353");
    static final byte[] BAD_LINE = Bytes.line("aa0005800012860800012603062027472354");
    static final long SERIAL_BYTE = 86_806;

    static byte[] tag(int number, long millis) {
        return MercuryTag.encode(
                new TagReport(
                        new Chip("%024X".formatted(number)),
                        1,
                        OptionalInt.of(-6_000),
                        new ReaderTime(ReaderTime.Base.CYCLE, 1_000 * millis),
                        1),
                0x0016,
                true);
    }

    static byte[] cycleEnd() {
        return new MercuryMessage.CycleEnd(OptionalLong.of(1_000)).encode();
    }
}
