package org.matgate.protocol.r2000;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.matgate.protocol.r2000.R2000Message.AntennaDetector;
import org.matgate.protocol.r2000.R2000Message.AntennaMissing;
import org.matgate.protocol.r2000.R2000Message.FastSwitchEnd;
import org.matgate.protocol.r2000.R2000Message.Inputs;
import org.matgate.protocol.r2000.R2000Message.Other;
import org.matgate.protocol.r2000.R2000Message.Power;
import org.matgate.protocol.r2000.R2000Message.Region;
import org.matgate.protocol.r2000.R2000Message.Result;
import org.matgate.protocol.r2000.R2000Message.ReturnLoss;
import org.matgate.protocol.r2000.R2000Message.RoundEnd;
import org.matgate.protocol.r2000.R2000Message.Temperature;
import org.matgate.protocol.r2000.R2000Message.Version;
import org.matgate.protocol.r2000.R2000Message.WorkAntenna;

/**
 * Command and data of each message, and back.
 *
 * <table>
 * <caption>Data; a single byte otherwise is a code</caption>
 * <tr><td>60</td><td>u8 u8: the two pins</td></tr>
 * <tr><td>63 75 7E</td><td>u8: the value</td></tr>
 * <tr><td>72</td><td>u8 u8: major and minor version</td></tr>
 * <tr><td>77</td><td>1, 4 or 8 times u8: dBm</td></tr>
 * <tr><td>7B</td><td>u8 u8: sign, degrees</td></tr>
 * <tr><td>89 8B</td><td>end of a round: antenna u8, rate u16, total u32</td></tr>
 * <tr><td>8A</td><td>antenna missing: antenna u8, 22</td></tr>
 * <tr><td>8A</td><td>end of a round: total u24, duration in ms u32</td></tr>
 * </table>
 */
final class R2000Messages {
    private static final int END_BYTES = 7;

    private R2000Messages() {}

    static int command(R2000Message message) {
        return switch (message) {
            case Result m -> m.command();
            case Inputs m -> 0x60;
            case AntennaDetector m -> 0x63;
            case Version m -> 0x72;
            case WorkAntenna m -> 0x75;
            case Power m -> 0x77;
            case Region m -> 0x79;
            case Temperature m -> 0x7B;
            case ReturnLoss m -> 0x7E;
            case AntennaMissing m -> R2000Command.FAST_SWITCH;
            case FastSwitchEnd m -> R2000Command.FAST_SWITCH;
            case RoundEnd m -> m.command();
            case Other m -> m.command();
        };
    }

    static byte[] data(R2000Message message) {
        return switch (message) {
            case Result m -> R2000Frame.bytes(m.code());
            case Inputs m -> R2000Frame.bytes(m.first(), m.second());
            case AntennaDetector m -> R2000Frame.bytes(m.returnLossDb());
            case Version m -> R2000Frame.bytes(m.major(), m.minor());
            case WorkAntenna m -> R2000Frame.bytes(m.antenna() - 1);
            case Power m -> R2000Frame.bytes(m.dbm());
            case Region m -> m.region().data();
            case Temperature m -> R2000Frame.bytes(m.sign(), m.degrees());
            case ReturnLoss m -> R2000Frame.bytes(m.db());
            case AntennaMissing m -> R2000Frame.bytes(m.antenna() - 1, R2000Code.ANTENNA_MISSING);
            case FastSwitchEnd m ->
                ByteBuffer.allocate(END_BYTES)
                        .put((byte) (m.total() >> 16))
                        .putShort((short) m.total())
                        .putInt((int) m.durationMillis())
                        .array();
            case RoundEnd m ->
                ByteBuffer.allocate(END_BYTES)
                        .put((byte) (m.antenna() - 1))
                        .putShort((short) m.rate())
                        .putInt((int) m.total())
                        .array();
            case Other m -> R2000Frame.bytes(m.data());
        };
    }

    /** The message with this data, of a type of its own where it has exactly that type's form. */
    static R2000Message decode(int command, byte[] data) {
        R2000Message other = new Other(command, R2000Frame.hex(data));
        R2000Message message = switch (data.length) {
            case 1 -> ofByte(command, data[0] & 0xFF);
            case 2 -> ofTwo(command, data[0] & 0xFF, data[1] & 0xFF, other);
            default -> longer(command, data, other);
        };
        return Arrays.equals(data(message), data) ? message : other;
    }

    private static R2000Message ofByte(int command, int value) {
        Result result = new Result(command, value);
        return switch (command) {
            case 0x63 -> new AntennaDetector(value);
            case 0x75 -> isAntenna(value) ? new WorkAntenna(value + 1) : result;
            case 0x77 -> value <= Power.MAX_DBM ? new Power(R2000Commands.unsigned(R2000Frame.bytes(value))) : result;
            case 0x7E -> value < R2000Code.RETURN_LOSS_FAILED ? new ReturnLoss(value) : result;
            default -> result;
        };
    }

    private static R2000Message ofTwo(int command, int first, int second, R2000Message other) {
        return switch (command) {
            case 0x60 -> new Inputs(first, second);
            case 0x72 -> new Version(first, second);
            case 0x7B -> new Temperature(first, second);
            case R2000Command.FAST_SWITCH -> isAntenna(first) ? new AntennaMissing(first + 1) : other;
            default -> other;
        };
    }

    private static boolean isAntenna(int port) {
        return port < R2000Tag.MAX_ANTENNA;
    }

    private static R2000Message longer(int command, byte[] data, R2000Message other) {
        return switch (command) {
            case 0x77 -> R2000Frame.isPowerCount(data.length) ? new Power(R2000Commands.unsigned(data)) : other;
            case 0x79 -> {
                Optional<R2000Message> region = R2000Region.decode(data).map(Region::new);
                yield region.orElse(other);
            }
            case R2000Command.INVENTORY, R2000Command.FAST_SWITCH, R2000Command.SESSION_INVENTORY ->
                data.length == END_BYTES ? end(command, ByteBuffer.wrap(data), other) : other;
            default -> other;
        };
    }

    private static R2000Message end(int command, ByteBuffer data, R2000Message other) {
        int first = data.get() & 0xFF;
        int word = data.getShort() & 0xFFFF;
        long last = Integer.toUnsignedLong(data.getInt());
        if (command == R2000Command.FAST_SWITCH) {
            return new FastSwitchEnd(first << 16 | word, last);
        }
        return isAntenna(first) ? new RoundEnd(command, first + 1, word, last) : other;
    }
}
