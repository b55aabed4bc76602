package org.matgate.protocol.ipico;

import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.matgate.protocol.reader.FrameParserContract;
import org.matgate.protocol.reader.Golden;
import org.matgate.protocol.reader.ResyncParser;

class IpicoCommandParserTest extends FrameParserContract<IpicoCommand> {
    @Override
    protected ResyncParser<IpicoCommand> newParser() {
        return new IpicoCommandParser();
    }

    @Override
    protected int largestFrame() {
        return 65 + 1;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(IpicoCommandParserTest.class, "commands.golden");
    }

    @Override
    protected byte[] bytes(Golden golden) {
        return golden.textBytes();
    }

    @Override
    protected IpicoCommand randomMessage(RandomGenerator random) {
        int reader = random.nextInt(256);
        return switch (random.nextInt(6)) {
            case 0 -> new IpicoCommand.GetClock(reader);
            case 1 -> new IpicoCommand.SetClock(reader, time(random));
            case 2 -> new IpicoCommand.SetMode(reader, mode(random));
            case 3 -> new IpicoCommand.GetStatistics(reader);
            case 4 -> new IpicoCommand.Other(reader, true, random.nextInt(256), "");
            default -> new IpicoCommand.Other(reader, false, random.nextInt(0x0B, 256), data(random));
        };
    }

    private static IpicoCommand.Mode mode(RandomGenerator random) {
        List<IpicoCommand.Mode> modes = List.of(IpicoCommand.Mode.values());
        return modes.get(random.nextInt(modes.size()));
    }

    private static LocalDateTime time(RandomGenerator random) {
        return LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(random.nextLong(99L * 365 * 86_400));
    }

    private static String data(RandomGenerator random) {
        byte[] data = new byte[random.nextInt(IpicoControl.MAX_DATA + 1)];
        random.nextBytes(data);
        return HexFormat.of().formatHex(data);
    }

    @Override
    protected byte[] encode(IpicoCommand message) {
        return message.encode();
    }

    @Override
    protected byte noise(RandomGenerator random) {
        return random.nextBoolean() ? (byte) random.nextInt() : (byte) "aab0123\r\n".charAt(random.nextInt(9));
    }
}
