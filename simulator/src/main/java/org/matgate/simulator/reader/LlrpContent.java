package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.List;
import org.matgate.protocol.Chip;
import org.matgate.protocol.llrp.LlrpConfig.EpcMemorySelector;
import org.matgate.protocol.llrp.LlrpConfig.RoReportSpec;
import org.matgate.protocol.llrp.LlrpConfig.TagReportContentSelector;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpTag;
import org.matgate.protocol.llrp.LlrpTag.Field;
import org.matgate.protocol.llrp.LlrpVendor.Impinj;
import org.matgate.protocol.llrp.LlrpVendor.ImpinjTagReportContentSelector;

/** What an LLRP reader tells of each sighting, as it was told to. */
final class LlrpContent {
    private static final int EPC_96_BYTES = 12;
    private static final int CRC = 0x80;
    private static final int PC = 0x40;
    private static final int MAX_COUNT = 0xFFFF;
    private static final int PHASES = 4096;

    private final LlrpVoice voice;
    private final LlrpAbilities abilities;
    private final long roSpec;
    private final int fields;
    private final int memory;
    private final List<Impinj> vendors;

    /** Sightings of one chip by one antenna that are told as one. */
    record Told(Sighting first, long lastMonotonicNanos, int count, int peakCentiDbm) {
        static Told of(Sighting sighting) {
            return new Told(sighting, sighting.monotonicNanos(), 1, sighting.rssiCentiDbm());
        }

        Told and(Sighting next) {
            return new Told(first, next.monotonicNanos(), count + 1, Math.max(peakCentiDbm, next.rssiCentiDbm()));
        }
    }

    LlrpContent(LlrpVoice voice, LlrpAbilities abilities, long roSpec, RoReportSpec report) {
        this.voice = voice;
        this.abilities = abilities;
        this.roSpec = roSpec;
        this.fields = report.first(TagReportContentSelector.class)
                .map(TagReportContentSelector::fields)
                .orElse(0);
        this.memory = report.first(EpcMemorySelector.class)
                .map(EpcMemorySelector::flags)
                .orElse(0);
        this.vendors = report.first(ImpinjTagReportContentSelector.class)
                .map(selector -> selector.all(Impinj.class))
                .orElse(List.of());
    }

    /** Whether sightings by different antennas are told apart. */
    boolean tellsAntenna() {
        return tells(TagReportContentSelector.ANTENNA_ID);
    }

    private boolean tells(int field) {
        return (fields & field) != 0;
    }

    LlrpTag.TagReportData tell(Told told) {
        Sighting first = told.first();
        List<LlrpParameter> parts = new ArrayList<>();
        parts.add(epc(first.chip()));
        add(parts, TagReportContentSelector.ROSPEC_ID, Field.Kind.ROSPEC_ID, roSpec);
        add(parts, TagReportContentSelector.SPEC_INDEX, Field.Kind.SPEC_INDEX, 1);
        add(parts, TagReportContentSelector.INVENTORY_PARAMETER_SPEC_ID, Field.Kind.INVENTORY_PARAMETER_SPEC_ID, 1);
        add(parts, TagReportContentSelector.ANTENNA_ID, Field.Kind.ANTENNA_ID, first.antenna());
        add(parts, TagReportContentSelector.PEAK_RSSI, Field.Kind.PEAK_RSSI, dbm(told.peakCentiDbm()));
        add(
                parts,
                TagReportContentSelector.CHANNEL_INDEX,
                Field.Kind.CHANNEL_INDEX,
                abilities.channel(first.monotonicNanos()));
        if (tells(TagReportContentSelector.FIRST_SEEN)) {
            parts.add(voice.firstSeen(first.monotonicNanos()));
        }
        if (tells(TagReportContentSelector.LAST_SEEN)) {
            parts.add(voice.lastSeen(told.lastMonotonicNanos()));
        }
        add(parts, TagReportContentSelector.SEEN_COUNT, Field.Kind.SEEN_COUNT, Math.min(told.count(), MAX_COUNT));
        memory(parts, first.chip());
        add(parts, TagReportContentSelector.ACCESS_SPEC_ID, Field.Kind.ACCESS_SPEC_ID, 0);
        vendors.forEach(wanted -> vendor(parts, wanted, told));
        return new LlrpTag.TagReportData(parts);
    }

    private void add(List<LlrpParameter> parts, int field, Field.Kind kind, long value) {
        if (tells(field)) {
            parts.add(new Field(kind, value));
        }
    }

    private static int dbm(int centiDbm) {
        return Math.clamp(Math.round(centiDbm / 100.0), Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    private static LlrpTag epc(Chip chip) {
        int bytes = chip.hex().length() / 2;
        return bytes == EPC_96_BYTES ? new LlrpTag.Epc96(chip) : new LlrpTag.EpcData(8 * bytes, chip.hex());
    }

    private void memory(List<LlrpParameter> parts, Chip chip) {
        // The length of the EPC in words, and nothing else of note.
        int pc = (chip.hex().length() / 4 & 0x1F) << 11;
        if ((memory & PC) != 0) {
            parts.add(new Field(Field.Kind.TAG_PC, pc));
        }
        if ((memory & CRC) != 0) {
            parts.add(new Field(Field.Kind.TAG_CRC, crc("%04X".formatted(pc) + chip.hex())));
        }
    }

    /** CRC-16 of Class 1 Gen 2 tags: polynomial 1021, from FFFF, inverted. */
    private static int crc(String hex) {
        int crc = 0xFFFF;
        for (byte value : java.util.HexFormat.of().parseHex(hex)) {
            crc ^= (value & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
        }
        return ~crc & 0xFFFF;
    }

    private static void vendor(List<LlrpParameter> parts, Impinj wanted, Told told) {
        if (wanted.value() == Impinj.OFF) {
            return;
        }
        switch (wanted.kind()) {
            case ENABLE_PEAK_RSSI ->
                parts.add(new Impinj(
                        Impinj.Kind.PEAK_RSSI, Math.clamp(told.peakCentiDbm(), Short.MIN_VALUE, Short.MAX_VALUE)));
            case ENABLE_RF_PHASE_ANGLE ->
                parts.add(new Impinj(
                        Impinj.Kind.RF_PHASE_ANGLE, Math.floorMod(told.first().monotonicNanos() / 1000, PHASES)));
            case ENABLE_RF_DOPPLER -> parts.add(new Impinj(Impinj.Kind.RF_DOPPLER, 0));
            default -> {
                // The others tell of what these chips do not have.
            }
        }
    }
}
