package org.matgate.protocol.llrp;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.matgate.protocol.Chip;
import org.matgate.protocol.llrp.LlrpTag.Field.Kind;

/** Random things that a reader or its client may say, with values and in the order that the standard has. */
final class Randoms {
    private Randoms() {}

    static String hex(RandomGenerator random, int bytes) {
        byte[] data = new byte[bytes];
        random.nextBytes(data);
        return HexFormat.of().withUpperCase().formatHex(data);
    }

    static long u32(RandomGenerator random) {
        return random.nextLong(1L << 32);
    }

    static int u16(RandomGenerator random) {
        return random.nextInt(1 << 16);
    }

    private static LlrpTag.Field field(RandomGenerator random, Kind kind) {
        return new LlrpTag.Field(
                kind,
                switch (kind.bytes) {
                    case 1 -> random.nextInt(-128, 128);
                    case 8 -> random.nextLong(Long.MAX_VALUE);
                    default -> random.nextLong(1L << (8 * kind.bytes));
                });
    }

    private static LlrpTag.Epc epc(RandomGenerator random) {
        if (random.nextInt(5) > 0) {
            return new LlrpTag.Epc96(new Chip(hex(random, 12)));
        }
        int bits = random.nextInt(500);
        byte[] epc = new byte[(bits + 7) / 8];
        random.nextBytes(epc);
        if (bits % 8 != 0) {
            epc[epc.length - 1] &= (byte) (0xFF00 >> bits % 8);
        }
        return new LlrpTag.EpcData(bits, HexFormat.of().formatHex(epc));
    }

    static LlrpTag.TagReportData tag(RandomGenerator random) {
        List<LlrpParameter> parameters = new ArrayList<>();
        parameters.add(epc(random));
        Stream.of(
                        Kind.ROSPEC_ID,
                        Kind.SPEC_INDEX,
                        Kind.INVENTORY_PARAMETER_SPEC_ID,
                        Kind.ANTENNA_ID,
                        Kind.PEAK_RSSI,
                        Kind.CHANNEL_INDEX,
                        Kind.FIRST_SEEN_UTC,
                        Kind.FIRST_SEEN_UPTIME,
                        Kind.LAST_SEEN_UTC,
                        Kind.LAST_SEEN_UPTIME,
                        Kind.SEEN_COUNT,
                        Kind.TAG_PC,
                        Kind.TAG_CRC,
                        Kind.ACCESS_SPEC_ID)
                .filter(kind -> random.nextBoolean())
                .forEach(kind -> parameters.add(field(random, kind)));
        if (random.nextBoolean()) {
            parameters.add(new LlrpVendor.Impinj(LlrpVendor.Impinj.Kind.RF_PHASE_ANGLE, random.nextInt(4096)));
            parameters.add(new LlrpVendor.Impinj(LlrpVendor.Impinj.Kind.PEAK_RSSI, random.nextInt(-9000, -2000)));
        }
        if (random.nextInt(4) == 0) {
            parameters.add(custom(random));
        }
        return new LlrpTag.TagReportData(parameters);
    }

    private static LlrpVendor custom(RandomGenerator random) {
        return new LlrpVendor.Custom(random.nextLong(2000), u32(random), hex(random, random.nextInt(8)));
    }

    static LlrpMessage message(RandomGenerator random) {
        long id = u32(random);
        return switch (random.nextInt(12)) {
            case 0 -> new LlrpMessage.Keepalive(id);
            case 1, 2 -> event(random, id);
            case 3 -> reply(random, id);
            case 4 ->
                new LlrpMessage.Reply(
                        id,
                        LlrpMessage.Reply.To.GET_READER_CAPABILITIES,
                        LlrpStatus.OK,
                        RandomSettings.capabilities(random));
            case 5 ->
                new LlrpMessage.Reply(
                        id, LlrpMessage.Reply.To.GET_READER_CONFIG, LlrpStatus.OK, RandomSettings.config(random));
            case 6 ->
                new LlrpMessage.Reply(
                        id, LlrpMessage.Reply.To.GET_ROSPECS, LlrpStatus.OK, List.of(RandomSettings.roSpec(random)));
            case 7 ->
                new LlrpMessage.Custom(id, u32(random), random.nextInt(100, 256), hex(random, random.nextInt(20)));
            case 8 ->
                new LlrpMessage.VendorReply(
                        id,
                        LlrpVendor.IMPINJ,
                        LlrpMessage.VendorReply.IMPINJ_ENABLE_EXTENSIONS,
                        status(random),
                        List.of());
            default -> report(random, id);
        };
    }

    static LlrpMessage.RoAccessReport report(RandomGenerator random, long id) {
        return new LlrpMessage.RoAccessReport(
                id,
                Stream.generate(() -> (LlrpParameter) tag(random))
                        .limit(random.nextInt(4))
                        .toList());
    }

    private static LlrpMessage reply(RandomGenerator random, long id) {
        List<LlrpMessage.Reply.To> statusAlone = Stream.of(LlrpMessage.Reply.To.values())
                .filter(to -> to != LlrpMessage.Reply.To.GET_READER_CAPABILITIES)
                .filter(to -> to != LlrpMessage.Reply.To.SET_PROTOCOL_VERSION)
                .toList();
        return LlrpMessage.Reply.of(id, statusAlone.get(random.nextInt(statusAlone.size())), status(random));
    }

    private static LlrpStatus status(RandomGenerator random) {
        List<LlrpParameter> parameters = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            parameters.add(new LlrpStatus.FieldError(u16(random), LlrpStatus.FIELD_ERROR));
            parameters.add(new LlrpStatus.ParameterError(
                    u16(random),
                    LlrpStatus.PARAMETER_ERROR,
                    List.of(new LlrpStatus.FieldError(u16(random), LlrpStatus.INVALID))));
        }
        return new LlrpStatus(
                random.nextBoolean() ? 0 : LlrpStatus.OUT_OF_RANGE,
                random.nextBoolean() ? "" : "more than 3",
                parameters);
    }

    private static LlrpMessage event(RandomGenerator random, long id) {
        List<LlrpParameter> parameters = new ArrayList<>();
        long micros = random.nextLong(Long.MAX_VALUE);
        parameters.add(random.nextBoolean() ? new LlrpEvent.UtcTimestamp(micros) : new LlrpEvent.Uptime(micros));
        parameters.add(
                switch (random.nextInt(10)) {
                    case 0 -> new LlrpEvent.Gpi(u16(random), random.nextBoolean());
                    case 1 -> new LlrpEvent.RoSpec(random.nextInt(3), u32(random), u32(random));
                    case 2 -> new LlrpEvent.BufferLevel(random.nextInt(101));
                    case 3 -> new LlrpEvent.BufferOverflow();
                    case 4 ->
                        new LlrpEvent.ReaderException(
                                "too hot", List.of(field(random, Kind.ROSPEC_ID), field(random, Kind.ANTENNA_ID)));
                    case 5 -> new LlrpEvent.AiSpec(0, u32(random), u16(random), List.of());
                    case 6 ->
                        new LlrpEvent.AiSpec(
                                0, u32(random), u16(random), List.of(field(random, Kind.SINGULATION_DETAILS)));
                    case 7 -> new LlrpEvent.Antenna(random.nextInt(2), u16(random));
                    case 8 -> new LlrpEvent.ConnectionAttempt(random.nextInt(5));
                    default -> new LlrpEvent.ConnectionClose();
                });
        return new LlrpMessage.ReaderEvent(id, new LlrpEvent.Data(parameters));
    }

    static LlrpCommand command(RandomGenerator random) {
        long id = u32(random);
        return switch (random.nextInt(18)) {
            case 0 -> new LlrpCommand.GetReaderCapabilities(id, random.nextInt(5), List.of(custom(random)));
            case 1 -> LlrpCommand.GetReaderConfig.of(id, random.nextInt(12));
            case 2, 3 -> new LlrpCommand.SetReaderConfig(id, random.nextBoolean(), RandomSettings.toSet(random));
            case 4 -> new LlrpCommand.CloseConnection(id);
            case 5, 6 -> new LlrpCommand.AddRoSpec(id, RandomSettings.roSpec(random));
            case 7 -> new LlrpCommand.DeleteRoSpec(id, u32(random));
            case 8 -> new LlrpCommand.StartRoSpec(id, u32(random));
            case 9 -> new LlrpCommand.StopRoSpec(id, u32(random));
            case 10 -> new LlrpCommand.EnableRoSpec(id, u32(random));
            case 11 -> new LlrpCommand.DisableRoSpec(id, u32(random));
            case 12 -> new LlrpCommand.GetRoSpecs(id);
            case 13 -> new LlrpCommand.DeleteAccessSpec(id, u32(random));
            case 14 -> new LlrpCommand.GetReport(id);
            case 15 -> new LlrpCommand.EnableEventsAndReports(id);
            case 16 -> new LlrpCommand.KeepaliveAck(id);
            default ->
                random.nextBoolean()
                        ? LlrpCommand.Custom.impinjEnableExtensions(id)
                        : LlrpCommand.Custom.zebraPurgeTags(id);
        };
    }
}
