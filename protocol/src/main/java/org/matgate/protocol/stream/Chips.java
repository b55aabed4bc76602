package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.protocol.Chip;
import org.matgate.protocol.stream.wire.Wire;

/**
 * The chips of a batch, each once, in the order in which they first come. A read says 0 for the next one that was not named
 * yet, else how many chips before the last named one its own is, from 1 on: of runners who pass, small numbers.
 */
final class Chips {
    private static final byte[] NOTHING = {};

    /** Of chips that are numbered on, most share the beginning. */
    private static final int USUAL_BYTES = 4;

    private Chips() {}

    /** Names chips. Not thread-safe. */
    static final class Writer {
        private final Map<Chip, Integer> numbers;
        private byte[] bytes;
        private int used;
        private final long[] lengths;
        private final long[] shared;
        private byte[] last = NOTHING;

        Writer(int most) {
            lengths = new long[most];
            shared = new long[most];
            numbers = HashMap.newHashMap(most);
            bytes = new byte[USUAL_BYTES * most];
        }

        long name(Chip chip) {
            int named = numbers.size();
            Integer known = numbers.putIfAbsent(chip, named);
            if (known != null) {
                return (long) named - known;
            }
            byte[] now = chip.bytes();
            int common = 0;
            while (common < Math.min(last.length, now.length) && last[common] == now[common]) {
                common++;
            }
            lengths[named] = now.length;
            shared[named] = common;
            if (used + now.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length + now.length);
            }
            System.arraycopy(now, common, bytes, used, now.length - common);
            used += now.length - common;
            last = now;
            return 0;
        }

        void put(Wire.EventColumns.Builder wire, Column.Writer columns) {
            int named = numbers.size();
            wire.setChipLength(columns.plain(lengths, named))
                    .setChipShared(columns.plain(shared, named))
                    .setChipBytes(ByteString.copyFrom(bytes, 0, used));
        }
    }

    /**
     * The chip of each read.
     *
     * @throws StreamFormatException if a read names a chip that is not there, or a chip is not as it must be
     */
    static List<Chip> read(Wire.EventColumns wire, int reads) throws StreamFormatException {
        long[] names = Column.plain(wire.getChip(), reads, "chip");
        int distinct = 0;
        for (long name : names) {
            distinct += name == 0 ? 1 : 0;
        }
        List<Chip> chips = chips(wire, distinct);
        List<Chip> ofReads = new ArrayList<>(reads);
        int named = 0;
        for (long name : names) {
            if (name == 0) {
                named++;
            } else if (name < 0 || name > named) {
                throw new StreamFormatException("read " + ofReads.size() + " has chip -" + name + " of " + named);
            }
            ofReads.add(chips.get(named - (int) Math.max(1, name)));
        }
        return ofReads;
    }

    private static List<Chip> chips(Wire.EventColumns wire, int count) throws StreamFormatException {
        long[] lengths = Column.plain(wire.getChipLength(), count, "chip_length");
        long[] shared = Column.plain(wire.getChipShared(), count, "chip_shared");
        byte[] bytes = wire.getChipBytes().toByteArray();
        byte[] chip = new byte[Chip.MAX_BYTES];
        List<Chip> chips = new ArrayList<>(count);
        int at = 0;
        long before = 0;
        for (int i = 0; i < count; i++) {
            if (lengths[i] < 1 || lengths[i] > Chip.MAX_BYTES || shared[i] < 0) {
                throw new StreamFormatException("chip " + i + " has " + lengths[i] + " bytes, " + shared[i]
                        + " of them shared; want 1 to " + Chip.MAX_BYTES);
            }
            int own = (int) (lengths[i] - shared[i]);
            if (shared[i] > Math.min(before, lengths[i]) || own > bytes.length - at) {
                throw new StreamFormatException("chip " + i + " of " + lengths[i] + " bytes shares " + shared[i]
                        + " with one of " + before + ", and " + (bytes.length - at) + " bytes are left");
            }
            System.arraycopy(bytes, at, chip, (int) shared[i], own);
            at += own;
            before = lengths[i];
            chips.add(Chip.of(chip, 0, (int) before));
        }
        if (at < bytes.length) {
            throw new StreamFormatException(
                    "chip_bytes goes on for " + (bytes.length - at) + " bytes behind its " + count + " chips");
        }
        return chips;
    }
}
