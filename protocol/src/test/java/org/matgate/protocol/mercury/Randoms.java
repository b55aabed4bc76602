package org.matgate.protocol.mercury;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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

    /** A report with the fields that the flags ask for, and no others. */
    static TagReport tag(RandomGenerator random, int flags) {
        return new TagReport(
                new Chip(hex(random, random.nextInt(5) == 0 ? random.nextInt(1, 63) : 12)),
                (flags & MercuryTag.ANTENNA) == 0 ? 0 : random.nextInt(1, 17),
                (flags & MercuryTag.RSSI) == 0 ? OptionalInt.empty() : OptionalInt.of(100 * random.nextInt(-128, 128)),
                (flags & MercuryTag.TIMESTAMP) == 0
                        ? ReaderTime.NONE
                        : new ReaderTime(ReaderTime.Base.CYCLE, 1000 * random.nextLong(1L << 32)),
                (flags & MercuryTag.READ_COUNT) == 0 ? 1 : random.nextInt(1, 256));
    }

    static ReaderMessage message(RandomGenerator random) {
        return switch (random.nextInt(16)) {
            case 0 ->
                new MercuryMessage.Version(
                        random.nextInt(),
                        random.nextInt(),
                        random.nextInt(),
                        random.nextInt(),
                        random.nextInt(),
                        hex(random, random.nextInt(3)));
            case 1 -> new MercuryMessage.CurrentProgram(random.nextInt(256));
            case 2 -> new MercuryMessage.StartAck();
            case 3 -> new MercuryMessage.StopAck();
            case 4 -> new MercuryMessage.CycleEnd(OptionalLong.empty());
            case 5 -> new MercuryMessage.CycleEnd(OptionalLong.of(random.nextLong(1L << 32)));
            case 6 ->
                new MercuryMessage.AntennaPorts(IntStream.rangeClosed(1, random.nextInt(17))
                        .mapToObj(port -> new MercuryMessage.Port(port, random.nextBoolean()))
                        .toList());
            case 7 -> new MercuryMessage.Temperature(random.nextInt(-128, 128));
            case 8 -> new MercuryMessage.Fault(random.nextInt(0x500, 0x10000), hex(random, random.nextInt(5)));
            case 9 -> new MercuryMessage.Booted();
            case 10 ->
                new MercuryMessage.Reply(
                        random.nextInt(0x80, 0x100), random.nextInt(0x10000), hex(random, random.nextInt(0xF9)));
            default -> tag(random, random.nextBoolean() ? 0x0016 : random.nextInt(MercuryTag.ALL + 1));
        };
    }

    static MercuryCommand command(RandomGenerator random) {
        return switch (random.nextInt(19)) {
            case 0 -> new MercuryCommand.GetVersion();
            case 1 -> new MercuryCommand.BootApplication();
            case 2 -> new MercuryCommand.GetCurrentProgram();
            case 3 -> new MercuryCommand.SetBaud(random.nextInt(1, Integer.MAX_VALUE));
            case 4 -> new MercuryCommand.GetTemperature();
            case 5 -> new MercuryCommand.SetRegion(random.nextInt(256));
            case 6 -> new MercuryCommand.SetReadPower(random.nextInt(0x10000));
            case 7 -> new MercuryCommand.SetProtocol(random.nextInt(0x10000));
            case 8 -> new MercuryCommand.SetSearchList(pairs(random));
            case 9 -> new MercuryCommand.DetectAntennas();
            case 10 -> new MercuryCommand.GetReturnLoss();
            case 11 -> new MercuryCommand.ReadGpio();
            case 12 -> new MercuryCommand.SetGpo(random.nextInt(256), random.nextBoolean());
            case 13 -> new MercuryCommand.SetReaderConfig(random.nextInt(256), random.nextInt(256));
            case 14 ->
                new MercuryCommand.StartStreaming(
                        random.nextBoolean(),
                        random.nextInt(0x10000),
                        random.nextInt(0x10000),
                        random.nextInt(0x10000));
            case 15 -> new MercuryCommand.StopStreaming();
            case 16 -> new MercuryCommand.Tunnelled(new MercuryCommand.SetReadPower(random.nextInt(0x10000)));
            case 17 -> new MercuryCommand.Tunnelled(new MercuryCommand.GetTemperature());
            default -> new MercuryCommand.Other(random.nextInt(0xA0, 0x100), hex(random, random.nextInt(0xF9)));
        };
    }

    private static List<MercuryCommand.AntennaPair> pairs(RandomGenerator random) {
        List<MercuryCommand.AntennaPair> pairs = new ArrayList<>();
        for (int i = random.nextInt(17); i > 0; i--) {
            pairs.add(new MercuryCommand.AntennaPair(random.nextInt(256), random.nextInt(256)));
        }
        return pairs;
    }
}
