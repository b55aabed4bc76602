package org.matgate.protocol.chafon;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderMessage;

/** Random things that a Chafon reader or its host may say. */
final class Randoms {
    private Randoms() {}

    static String hex(RandomGenerator random, int bytes) {
        byte[] data = new byte[bytes];
        random.nextBytes(data);
        return HexFormat.of().withUpperCase().formatHex(data);
    }

    private static int octet(RandomGenerator random) {
        return random.nextInt(256);
    }

    private static long u32(RandomGenerator random) {
        return random.nextLong(1L << 32);
    }

    /** A tag of which a frame has room for several; EPCs too long to be taken for the other layout's by chance. */
    static ChafonTag tag(RandomGenerator random, ChafonLayout layout) {
        if (layout == ChafonLayout.READER18) {
            return new ChafonTag(new Chip(hex(random, 2 * random.nextInt(6, 9))), OptionalInt.empty(), "", "");
        }
        boolean tid = random.nextInt(5) == 0;
        return new ChafonTag(
                new Chip(hex(random, 2 * random.nextInt(1, 9))),
                OptionalInt.of(octet(random)),
                tid ? hex(random, 12) : "",
                random.nextInt(5) == 0 ? hex(random, 7) : "");
    }

    static ChafonMessage.Inventory inventory(RandomGenerator random) {
        ChafonLayout layout = random.nextInt(3) == 0 ? ChafonLayout.READER18 : ChafonLayout.READER288;
        int[] statuses = {1, 2, 3, 4, 0xF8};
        return new ChafonMessage.Inventory(
                octet(random),
                layout,
                statuses[random.nextInt(statuses.length)],
                layout == ChafonLayout.READER18 ? 0 : octet(random),
                IntStream.range(0, random.nextInt(7))
                        .mapToObj(i -> tag(random, layout))
                        .toList());
    }

    static ReaderMessage message(RandomGenerator random) {
        return switch (random.nextInt(14)) {
            case 0 ->
                new ChafonMessage.ReaderInformation(
                        octet(random),
                        random.nextInt(0x10000),
                        octet(random),
                        octet(random),
                        octet(random),
                        octet(random),
                        octet(random),
                        octet(random),
                        hex(random, random.nextInt(5)));
            case 1 -> new ChafonMessage.Statistics(octet(random), octet(random), random.nextInt(0x10000), u32(random));
            case 2 ->
                new ChafonMessage.RealTimeTag(
                        octet(random),
                        octet(random),
                        new ChafonTag(
                                new Chip(hex(random, 2 * random.nextInt(1, 32))),
                                OptionalInt.of(octet(random)),
                                "",
                                ""));
            case 3 ->
                new ChafonMessage.Heartbeat(
                        octet(random), u32(random), hex(random, 1 << random.nextInt(5)), u32(random));
            case 4 -> new ChafonMessage.Temperature(octet(random), random.nextInt(-255, 256));
            case 5 -> new ChafonMessage.ReturnLoss(octet(random), octet(random));
            case 6 -> new ChafonMessage.ReturnLossLimit(octet(random), octet(random));
            case 7 -> new ChafonMessage.Pins(octet(random), octet(random));
            case 8 ->
                new ChafonMessage.Reply(
                        octet(random),
                        List.of(0x00, 0x22, 0x2F, 0x76).get(random.nextInt(4)),
                        octet(random),
                        hex(random, random.nextInt(251)));
            default -> inventory(random);
        };
    }

    static ChafonCommand command(RandomGenerator random) {
        int address = octet(random);
        return switch (random.nextInt(19)) {
            case 0 -> new ChafonCommand.Inventory(address);
            case 1 -> new ChafonCommand.GetInformation(address);
            case 2 -> new ChafonCommand.SetRegion(address, random.nextInt(16), random.nextInt(64), random.nextInt(64));
            case 3 -> new ChafonCommand.SetAddress(address, octet(random));
            case 4 -> new ChafonCommand.SetScanTime(address, octet(random));
            case 5 -> new ChafonCommand.SetBaud(address, octet(random));
            case 6 -> new ChafonCommand.SetPower(address, octet(random));
            case 7 -> new ChafonCommand.SetWorkMode(address, hex(random, 6));
            case 8 -> new ChafonCommand.SetAntennas(address, octet(random));
            case 9 -> new ChafonCommand.SetPins(address, octet(random));
            case 10 -> new ChafonCommand.GetPins(address);
            case 11 -> new ChafonCommand.CheckAntennas(address, random.nextBoolean());
            case 12 -> new ChafonCommand.ReturnLossLimit(address, octet(random));
            case 13 -> new ChafonCommand.SetMode(address, octet(random));
            case 14 ->
                new ChafonCommand.MeasureReturnLoss(address, random.nextInt(Integer.MAX_VALUE), random.nextInt(1, 257));
            case 15 -> new ChafonCommand.GetTemperature(address);
            case 16 -> new ChafonCommand.Other(address, 0x50 + random.nextInt(16), hex(random, random.nextInt(252)));
            default ->
                new ChafonCommand.AntennaInventory(
                        address,
                        octet(random),
                        octet(random),
                        random.nextBoolean(),
                        octet(random),
                        random.nextInt(1, 17),
                        octet(random));
        };
    }
}
