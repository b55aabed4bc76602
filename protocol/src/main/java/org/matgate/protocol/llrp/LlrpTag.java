package org.matgate.protocol.llrp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/** A sighting and the fields that it is made of. */
public sealed interface LlrpTag extends LlrpParameter {
    /** The EPC in either form. */
    sealed interface Epc extends LlrpTag {
        /** The EPC as whole bytes; empty if it has none, or more than any tag can hold. */
        Optional<Chip> chip();
    }

    /** 13 EPC-96: an EPC of 96 bits, as nearly all have. */
    record Epc96(Chip epc) implements Epc {
        static final int BYTES = 12;

        public Epc96 {
            if (epc.hex().length() != 2 * BYTES) {
                throw new IllegalArgumentException("EPC " + epc + "; want " + BYTES + " bytes");
            }
        }

        @Override
        public Optional<Chip> chip() {
            return Optional.of(epc);
        }
    }

    /**
     * 241 EPCData: an EPC of any length.
     *
     * @param bits how many of the bits are the EPC's, from the first on
     * @param hex whole bytes, hexadecimal digits in upper case
     */
    record EpcData(int bits, String hex) implements Epc {
        public EpcData {
            hex = LlrpFrame.checkHex(hex);
            if (hex.length() / 2 != (bits + 7) / 8) {
                throw new IllegalArgumentException(bits + " bits in " + hex.length() / 2 + " bytes");
            }
        }

        @Override
        public Optional<Chip> chip() {
            return hex.isEmpty() || hex.length() > 2 * Chip.MAX_BYTES ? Optional.empty() : Optional.of(new Chip(hex));
        }
    }

    /** One number about a sighting, or about where something happened. */
    record Field(Kind kind, long value) implements LlrpTag {
        /** What the number is; each is a parameter of its own with a head of one byte. */
        public enum Kind {
            ANTENNA_ID(1, 2),
            /** µs since 1970 by the reader's clock: the first sighting in the report. */
            FIRST_SEEN_UTC(2, 8),
            /** µs since the reader's start. */
            FIRST_SEEN_UPTIME(3, 8),
            LAST_SEEN_UTC(4, 8),
            LAST_SEEN_UPTIME(5, 8),
            /** dBm, -128 to 127. */
            PEAK_RSSI(6, 1),
            /** From 1 on. */
            CHANNEL_INDEX(7, 2),
            SEEN_COUNT(8, 2),
            ROSPEC_ID(9, 4),
            INVENTORY_PARAMETER_SPEC_ID(10, 2),
            TAG_CRC(11, 2),
            TAG_PC(12, 2),
            SPEC_INDEX(14, 2),
            CLIENT_REQUEST_OP_SPEC_RESULT(15, 2),
            ACCESS_SPEC_ID(16, 4),
            OP_SPEC_ID(17, 2),
            /** Collided slots in the upper, empty ones in the lower 16 bits. */
            SINGULATION_DETAILS(18, 4),
            TAG_XPC_W1(19, 2),
            TAG_XPC_W2(20, 2);

            final int type;
            final int bytes;

            Kind(int type, int bytes) {
                this.type = type;
                this.bytes = bytes;
            }
        }

        public Field {
            if (kind.bytes < 8) {
                long min = kind == Kind.PEAK_RSSI ? Byte.MIN_VALUE : 0;
                long max = kind == Kind.PEAK_RSSI ? Byte.MAX_VALUE : (1L << (8 * kind.bytes)) - 1;
                LlrpFrame.check(kind.name(), value, min, max);
            }
        }
    }

    /**
     * 240 TagReportData: one sighting, or several of one tag by one antenna that the reader merged.
     *
     * @param parameters an {@link Epc}, as a rule first; {@link Field}s; {@link LlrpVendor} parameters; results of
     *     access operations as {@link LlrpParameter.Other}
     */
    record TagReportData(List<LlrpParameter> parameters) implements LlrpTag, HasParameters {
        /** Beyond it a reader's time is none: nanoseconds since then do not fit into a long. The year is 2262. */
        private static final long MAX_MICROS = Long.MAX_VALUE / 1000;

        public TagReportData {
            parameters = List.copyOf(parameters);
        }

        /** The number of this kind, where the reader tells it. */
        public OptionalLong value(Field.Kind kind) {
            for (LlrpParameter parameter : parameters) {
                if (parameter instanceof Field field && field.kind() == kind) {
                    return OptionalLong.of(field.value());
                }
            }
            return OptionalLong.empty();
        }

        /** The vendor's number of this kind, where the reader tells it. */
        public OptionalLong value(LlrpVendor.Impinj.Kind kind) {
            for (LlrpParameter parameter : parameters) {
                if (parameter instanceof LlrpVendor.Impinj field && field.kind() == kind) {
                    return OptionalLong.of(field.value());
                }
            }
            return OptionalLong.empty();
        }

        /** The tag's EPC; empty if it has none, or one longer than any tag can hold. */
        public Optional<Chip> chip() {
            for (LlrpParameter parameter : parameters) {
                if (parameter instanceof Epc epc) {
                    return epc.chip();
                }
            }
            return Optional.empty();
        }

        /**
         * The sighting as all families say it; empty without an EPC. The RSSI is Impinj's where it is told, else that
         * of the standard. An antenna above 255 is 0. The time is that of the first sighting, in UTC or, where there is
         * none, uptime.
         */
        public Optional<TagReport> report() {
            @Nullable Chip chip = chip().orElse(null);
            if (chip == null) {
                return Optional.empty();
            }
            long antenna = value(Field.Kind.ANTENNA_ID).orElse(0);
            long sightings = value(Field.Kind.SEEN_COUNT).orElse(1);
            return Optional.of(new TagReport(
                    chip, antenna > 255 ? 0 : (int) antenna, rssiCentiDbm(), time(), (int) Math.max(1, sightings)));
        }

        private OptionalInt rssiCentiDbm() {
            OptionalLong fine = value(LlrpVendor.Impinj.Kind.PEAK_RSSI);
            if (fine.isPresent()) {
                return OptionalInt.of((int) fine.getAsLong());
            }
            OptionalLong dbm = value(Field.Kind.PEAK_RSSI);
            return dbm.isPresent() ? OptionalInt.of((int) (100 * dbm.getAsLong())) : OptionalInt.empty();
        }

        private ReaderTime time() {
            OptionalLong utc = value(Field.Kind.FIRST_SEEN_UTC);
            OptionalLong micros = utc.isPresent() ? utc : value(Field.Kind.FIRST_SEEN_UPTIME);
            if (micros.isEmpty() || micros.getAsLong() < 0 || micros.getAsLong() > MAX_MICROS) {
                return ReaderTime.NONE;
            }
            return new ReaderTime(utc.isPresent() ? ReaderTime.Base.UTC : ReaderTime.Base.UPTIME, micros.getAsLong());
        }
    }
}
