package org.matgate.protocol.r2000;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/** Random things that a module or its host may say. */
final class Randoms {
    private Randoms() {}

    static String hex(RandomGenerator random, int bytes) {
        byte[] data = new byte[bytes];
        random.nextBytes(data);
        return HexFormat.of().withUpperCase().formatHex(data);
    }

    static TagReport tag(RandomGenerator random) {
        int words = random.nextInt(5) == 0 ? random.nextInt(1, 32) : 6;
        return new TagReport(
                new Chip(hex(random, 2 * words)),
                random.nextInt(1, 9),
                OptionalInt.of(100 * random.nextInt(-129, -1)),
                ReaderTime.NONE,
                1);
    }

    static ReaderMessage message(RandomGenerator random) {
        return switch (random.nextInt(20)) {
            case 0 -> new R2000Message.Result(0x74, random.nextInt(256));
            case 1 -> new R2000Message.Result(inventory(random), random.nextInt(256));
            case 2 -> new R2000Message.Version(random.nextInt(256), random.nextInt(256));
            case 3 -> new R2000Message.WorkAntenna(random.nextInt(1, 9));
            case 4 -> new R2000Message.Power(powers(random));
            case 5 -> new R2000Message.Region(region(random));
            case 6 -> new R2000Message.Temperature(random.nextInt(256), random.nextInt(256));
            case 7 -> new R2000Message.ReturnLoss(random.nextInt(0xEE));
            case 8 -> new R2000Message.AntennaDetector(random.nextInt(256));
            case 9 -> new R2000Message.Inputs(random.nextInt(256), random.nextInt(256));
            case 10 -> new R2000Message.AntennaMissing(random.nextInt(1, 9));
            case 11 ->
                new R2000Message.RoundEnd(
                        random.nextBoolean() ? 0x89 : 0x8B,
                        random.nextInt(1, 9),
                        random.nextInt(0x10000),
                        random.nextLong(1L << 32));
            case 12 -> new R2000Message.FastSwitchEnd(random.nextInt(1 << 24), random.nextLong(1L << 32));
            case 13 -> new R2000Message.Other(random.nextInt(0x90, 0xA0), hex(random, random.nextInt(2, 253)));
            default -> tag(random);
        };
    }

    static int inventory(RandomGenerator random) {
        return random.nextInt(0x89, 0x8C);
    }

    private static List<Integer> powers(RandomGenerator random) {
        int count = new int[] {1, 4, 8}[random.nextInt(3)];
        return random.ints(count, 0, 37).boxed().toList();
    }

    private static R2000Region region(RandomGenerator random) {
        return random.nextBoolean()
                ? new R2000Region.Standard(random.nextInt(1, 4), random.nextInt(256), random.nextInt(256))
                : new R2000Region.Custom(random.nextInt(256), random.nextInt(256), random.nextInt(1 << 24));
    }

    static R2000Addressed request(RandomGenerator random) {
        return new R2000Addressed(random.nextInt(256), command(random));
    }

    private static R2000Command command(RandomGenerator random) {
        return switch (random.nextInt(21)) {
            case 0 -> new R2000Command.Reset();
            case 1 -> new R2000Command.SetBaud(random.nextBoolean() ? 38_400 : 115_200);
            case 2 -> new R2000Command.GetVersion();
            case 3 -> new R2000Command.SetWorkAntenna(random.nextInt(1, 9));
            case 4 -> new R2000Command.GetWorkAntenna();
            case 5 -> new R2000Command.SetPower(powers(random));
            case 6 -> new R2000Command.GetPower();
            case 7 -> new R2000Command.SetTemporaryPower(random.nextInt(256));
            case 8 -> new R2000Command.SetRegion(region(random));
            case 9 -> new R2000Command.GetRegion();
            case 10 -> new R2000Command.GetTemperature();
            case 11 -> new R2000Command.GetReturnLoss(random.nextInt(256));
            case 12 -> new R2000Command.SetAntennaDetector(random.nextInt(256));
            case 13 -> new R2000Command.GetAntennaDetector();
            case 14 -> new R2000Command.ReadInputs();
            case 15 -> new R2000Command.WriteOutput(random.nextInt(3, 5), random.nextBoolean());
            case 16 -> new R2000Command.Inventory(random.nextInt(256));
            case 17 -> new R2000Command.SessionInventory(random.nextInt(4), random.nextInt(2), random.nextInt(256));
            case 18, 19 -> fastSwitch(random);
            default -> new R2000Command.Other(random.nextInt(0x90, 0x100), hex(random, random.nextInt(253)));
        };
    }

    private static R2000Command fastSwitch(RandomGenerator random) {
        boolean eight = random.nextBoolean();
        Optional<R2000Command.Options> options = eight && random.nextBoolean()
                ? Optional.of(new R2000Command.Options(random.nextInt(4), random.nextInt(2), random.nextBoolean()))
                : Optional.empty();
        List<R2000Command.Slot> slots = new ArrayList<>();
        for (int i = 0; i < (eight ? 8 : 4); i++) {
            slots.add(new R2000Command.Slot(random.nextInt(256), random.nextInt(256)));
        }
        return new R2000Command.FastSwitch(slots, random.nextInt(256), options, random.nextInt(256));
    }
}
