package org.matgate.protocol.chafon;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/**
 * A tag as it stands in an inventory's frame, so that it can be put there again byte for byte.
 *
 * <table>
 * <caption>Layout; what follows the EPC is there in a 288's frame only</caption>
 * <tr><td>u8</td><td>bits 0 to 5: bytes that follow, EPC and TID; bit 7: the last 12 of them are the TID; bit 6: phase
 * and frequency follow</td></tr>
 * <tr><td>bytes</td><td>EPC, TID: whole words of 16 bits</td></tr>
 * <tr><td>u8</td><td>RSSI</td></tr>
 * <tr><td>7 bytes</td><td>phase (4), frequency in kHz (3), if bit 6 is set</td></tr>
 * </table>
 *
 * Bits 6 and 7 are set only where the inventory asked for it, as the manual V2.20 of the 288's series says. The manuals
 * give the RSSI no unit. It is taken for what the readers' R2000 chip makes it elsewhere, dBm + {@value #RSSI_ZERO}:
 * which of two sightings was stronger is right, the level itself may be off.
 *
 * @param rssi 0 to 255 as sent; empty for a UHFReader18
 * @param tid in hexadecimal, empty or 12 bytes
 * @param phase phase and frequency in hexadecimal, empty or 7 bytes
 */
public record ChafonTag(Chip epc, OptionalInt rssi, String tid, String phase) {
    /** What an RSSI of 0 dBm is on the wire. */
    static final int RSSI_ZERO = 129;

    private static final int HAS_TID = 0x80;
    private static final int HAS_PHASE = 0x40;
    private static final int LENGTH = 0x3F;
    private static final int TID_BYTES = 12;
    private static final int PHASE_BYTES = 7;

    public ChafonTag {
        tid = ChafonFrame.checkHex("TID", tid, TID_BYTES);
        phase = ChafonFrame.checkHex("phase and frequency", phase, PHASE_BYTES);
        rssi.ifPresent(value -> ChafonFrame.checkByte("RSSI", value));
        int bytes = (epc.hex().length() + tid.length()) / 2;
        if (bytes % 2 != 0 || bytes > LENGTH) {
            throw new IllegalArgumentException(
                    "EPC and TID of " + bytes + " bytes; want whole words, at most " + LENGTH);
        }
        if (rssi.isEmpty() && !(tid + phase).isEmpty()) {
            throw new IllegalArgumentException("TID or phase from a reader that does not tell the RSSI");
        }
        if (!fits(tid, TID_BYTES) || !fits(phase, PHASE_BYTES)) {
            throw new IllegalArgumentException("TID " + tid + ", phase and frequency " + phase);
        }
    }

    private static boolean fits(String hex, int bytes) {
        return hex.isEmpty() || hex.length() == 2 * bytes;
    }

    /**
     * The tag of a report as a reader of this layout puts it; what does not fit (antenna, time) is left off.
     *
     * @throws IllegalArgumentException if the layout has an RSSI and the report has not, or the EPC is no whole words
     */
    public static ChafonTag of(TagReport report, ChafonLayout layout) {
        return switch (layout) {
            case READER18 -> new ChafonTag(report.chip(), OptionalInt.empty(), "", "");
            case READER288 -> {
                int centiDbm = report.rssiCentiDbm()
                        .orElseThrow(() -> new IllegalArgumentException("want the RSSI of " + report));
                int raw = Math.clamp(Math.floorDiv(centiDbm + 50, 100) + RSSI_ZERO, 0, 0xFF);
                yield new ChafonTag(report.chip(), OptionalInt.of(raw), "", "");
            }
        };
    }

    /** What a frame says of this tag, with the frame's antennas. */
    TagReport report(int antennas) {
        OptionalInt centiDbm =
                rssi.isPresent() ? OptionalInt.of(100 * (rssi.getAsInt() - RSSI_ZERO)) : OptionalInt.empty();
        // Several bits: seen by one of them, and the reader does not say by which.
        int antenna = Integer.bitCount(antennas) == 1 ? 1 + Integer.numberOfTrailingZeros(antennas) : 0;
        return new TagReport(epc, antenna, centiDbm, ReaderTime.NONE, 1);
    }

    /** How many bytes {@link #encode} puts. */
    int length() {
        return 1 + (epc.hex().length() + tid.length() + phase.length()) / 2 + (rssi.isPresent() ? 1 : 0);
    }

    void encode(ByteBuffer out) {
        int length = (epc.hex().length() + tid.length()) / 2;
        out.put((byte) (length | (tid.isEmpty() ? 0 : HAS_TID) | (phase.isEmpty() ? 0 : HAS_PHASE)));
        out.put(epc.bytes()).put(ChafonFrame.bytes(tid));
        rssi.ifPresent(raw -> out.put((byte) raw));
        out.put(ChafonFrame.bytes(phase));
    }

    /** So many tags from {@code offset} to the end of the data; empty if they do not end there exactly. */
    static Optional<List<ChafonTag>> decode(byte[] data, int offset, int count, ChafonLayout layout) {
        List<ChafonTag> tags = new ArrayList<>();
        int at = offset;
        while (tags.size() < count) {
            int end = at < data.length ? end(data, at, layout) : -1;
            if (end < 0 || end > data.length) {
                return Optional.empty();
            }
            tags.add(layout == ChafonLayout.READER18 ? plain(data, at, end) : full(data, at, end));
            at = end;
        }
        return at == data.length ? Optional.of(tags) : Optional.empty();
    }

    /** Where the tag that begins here ends, perhaps beyond the data; -1 if its first byte begins none. */
    private static int end(byte[] data, int at, ChafonLayout layout) {
        int head = data[at] & 0xFF;
        if (layout == ChafonLayout.READER18) {
            return head == 0 || head % 2 != 0 || head > Chip.MAX_BYTES ? -1 : at + 1 + head;
        }
        int length = head & LENGTH;
        int epc = length - ((head & HAS_TID) == 0 ? 0 : TID_BYTES);
        int phase = (head & HAS_PHASE) == 0 ? 0 : PHASE_BYTES;
        return epc <= 0 || epc % 2 != 0 ? -1 : at + 1 + length + 1 + phase;
    }

    private static ChafonTag plain(byte[] data, int at, int end) {
        return new ChafonTag(Chip.of(data, at + 1, end - at - 1), OptionalInt.empty(), "", "");
    }

    private static ChafonTag full(byte[] data, int at, int end) {
        int head = data[at] & 0xFF;
        int rssi = at + 1 + (head & LENGTH);
        int tid = (head & HAS_TID) == 0 ? rssi : rssi - TID_BYTES;
        return new ChafonTag(
                Chip.of(data, at + 1, tid - at - 1),
                OptionalInt.of(data[rssi] & 0xFF),
                ChafonFrame.hex(data, tid, rssi),
                ChafonFrame.hex(data, rssi + 1, end));
    }
}
