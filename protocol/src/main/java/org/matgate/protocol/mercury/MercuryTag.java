package org.matgate.protocol.mercury;

import java.nio.ByteBuffer;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/** What a tag record may tell besides the EPC, one bit of the metadata flags each, and how a module puts it. */
public final class MercuryTag {
    public static final int READ_COUNT = 0x0001;
    public static final int RSSI = 0x0002;
    public static final int ANTENNA = 0x0004;
    public static final int FREQUENCY = 0x0008;
    /** Milliseconds since the search cycle began. */
    public static final int TIMESTAMP = 0x0010;

    public static final int PHASE = 0x0020;
    public static final int PROTOCOL = 0x0040;
    public static final int TAG_DATA = 0x0080;
    public static final int GPIO = 0x0100;
    public static final int Q = 0x0200;
    public static final int LINK_FREQUENCY = 0x0400;
    public static final int TARGET = 0x0800;
    /** All that are known; the others' lengths are not. */
    public static final int ALL = 0x0FFF;

    /** What every encoded record claims: middle of the European band. */
    private static final int FREQUENCY_KHZ = 866_300;

    private static final int MAX_ANTENNA = 16;

    private MercuryTag() {}

    /**
     * The frame with which a module reports a tag. What the report does not say (frequency, phase, …) is filled in.
     *
     * @param report antenna 1 to 16 if that is asked for, sightings up to 255, the time on the cycle's base; the RSSI
     *     is rounded to whole dBm, the time down to whole ms
     * @param metadataFlags which of the fields above the record carries
     * @param multiSelect the layout with an extra 88, as asked for at the start
     * @throws IllegalArgumentException if the report lacks what the flags ask for, or does not fit
     */
    public static byte[] encode(TagReport report, int metadataFlags, boolean multiSelect) {
        MercuryFrame.check("metadata flags", metadataFlags, 0, ALL);
        byte[] epc = report.chip().bytes();
        ByteBuffer metadata = ByteBuffer.allocate(MercuryTagRecord.MAX_METADATA);
        for (int flag = 1; flag < ALL; flag <<= 1) {
            if ((metadataFlags & flag) != 0) {
                put(metadata, flag, report);
            }
        }
        byte[] fields = new byte[metadata.position()];
        metadata.flip().get(fields);
        int words = (epc.length + 1) / 2;
        byte[] pc = {(byte) (words * 8), 0};
        return new MercuryTagRecord(
                        multiSelect,
                        MercuryCommand.StartStreaming.SEARCH_FLAGS,
                        metadataFlags,
                        MercuryFrame.hex(fields),
                        MercuryFrame.hex(pc),
                        report.chip(),
                        MercuryTagRecord.tagCrc(pc, epc))
                .encode();
    }

    private static void put(ByteBuffer metadata, int flag, TagReport report) {
        switch (flag) {
            case READ_COUNT -> metadata.put((byte) MercuryFrame.check("sightings", report.sightings(), 1, 255));
            case RSSI -> metadata.put((byte) dbm(report));
            case ANTENNA -> metadata.put((byte) antennaByte(report.antenna()));
            case FREQUENCY -> metadata.put((byte) (FREQUENCY_KHZ >> 16)).putShort((short) FREQUENCY_KHZ);
            case TIMESTAMP -> metadata.putInt((int) millis(report.time()));
            case PHASE, TAG_DATA -> metadata.putShort((short) 0);
            case PROTOCOL -> metadata.put((byte) MercuryCommand.SetProtocol.GEN2);
            default -> metadata.put((byte) 0);
        }
    }

    private static int dbm(TagReport report) {
        int centiDbm = report.rssiCentiDbm()
                .orElseThrow(() -> new IllegalArgumentException("metadata flags ask for the RSSI of " + report));
        return MercuryFrame.check("RSSI in dBm", Math.floorDiv(centiDbm + 50, 100), -128, 127);
    }

    private static int antennaByte(int antenna) {
        int nibble = MercuryFrame.check("antenna", antenna, 1, MAX_ANTENNA) % MAX_ANTENNA;
        return nibble << 4 | nibble;
    }

    private static long millis(ReaderTime time) {
        if (time.base() != ReaderTime.Base.CYCLE || time.micros() < 0 || time.micros() / 1000 > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(time + "; want 0 to 4,294,967,295 ms from the cycle's beginning");
        }
        return time.micros() / 1000;
    }
}
