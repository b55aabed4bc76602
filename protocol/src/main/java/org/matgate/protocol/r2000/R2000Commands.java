package org.matgate.protocol.r2000;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.matgate.protocol.r2000.R2000Command.FastSwitch;
import org.matgate.protocol.r2000.R2000Command.GetAntennaDetector;
import org.matgate.protocol.r2000.R2000Command.GetPower;
import org.matgate.protocol.r2000.R2000Command.GetRegion;
import org.matgate.protocol.r2000.R2000Command.GetReturnLoss;
import org.matgate.protocol.r2000.R2000Command.GetTemperature;
import org.matgate.protocol.r2000.R2000Command.GetVersion;
import org.matgate.protocol.r2000.R2000Command.GetWorkAntenna;
import org.matgate.protocol.r2000.R2000Command.Inventory;
import org.matgate.protocol.r2000.R2000Command.Options;
import org.matgate.protocol.r2000.R2000Command.Other;
import org.matgate.protocol.r2000.R2000Command.ReadInputs;
import org.matgate.protocol.r2000.R2000Command.Reset;
import org.matgate.protocol.r2000.R2000Command.SessionInventory;
import org.matgate.protocol.r2000.R2000Command.SetAntennaDetector;
import org.matgate.protocol.r2000.R2000Command.SetBaud;
import org.matgate.protocol.r2000.R2000Command.SetPower;
import org.matgate.protocol.r2000.R2000Command.SetRegion;
import org.matgate.protocol.r2000.R2000Command.SetTemporaryPower;
import org.matgate.protocol.r2000.R2000Command.SetWorkAntenna;
import org.matgate.protocol.r2000.R2000Command.Slot;
import org.matgate.protocol.r2000.R2000Command.WriteOutput;

/**
 * Number and data of each command, and back.
 *
 * <table>
 * <caption>The three layouts of 8A; S is a slot: port u8, stay u8</caption>
 * <tr><td>10 bytes</td><td>4 S, interval u8, repeat u8</td></tr>
 * <tr><td>18 bytes</td><td>8 S, interval u8, repeat u8</td></tr>
 * <tr><td>29 bytes</td><td>8 S, interval u8, 5 reserved, session u8, target u8, 3 reserved, phase u8, repeat u8</td></tr>
 * </table>
 */
final class R2000Commands {
    private static final int BAUD_38400 = 3;
    private static final int BAUD_115200 = 4;
    /** Bytes of data of 8A with options. */
    private static final int WITH_OPTIONS = 29;

    private R2000Commands() {}

    static int number(R2000Command command) {
        return switch (command) {
            case ReadInputs c -> 0x60;
            case WriteOutput c -> 0x61;
            case SetAntennaDetector c -> 0x62;
            case GetAntennaDetector c -> 0x63;
            case SetTemporaryPower c -> 0x66;
            case Reset c -> 0x70;
            case SetBaud c -> 0x71;
            case GetVersion c -> 0x72;
            case SetWorkAntenna c -> 0x74;
            case GetWorkAntenna c -> 0x75;
            case SetPower c -> 0x76;
            case GetPower c -> 0x77;
            case SetRegion c -> 0x78;
            case GetRegion c -> 0x79;
            case GetTemperature c -> 0x7B;
            case GetReturnLoss c -> 0x7E;
            case Inventory c -> R2000Command.INVENTORY;
            case FastSwitch c -> R2000Command.FAST_SWITCH;
            case SessionInventory c -> R2000Command.SESSION_INVENTORY;
            case Other c -> c.number();
        };
    }

    static byte[] data(R2000Command command) {
        return switch (command) {
            case ReadInputs c -> R2000Frame.bytes();
            case WriteOutput c -> R2000Frame.bytes(c.pin(), c.high() ? 1 : 0);
            case SetAntennaDetector c -> R2000Frame.bytes(c.returnLossDb());
            case GetAntennaDetector c -> R2000Frame.bytes();
            case SetTemporaryPower c -> R2000Frame.bytes(c.dbm());
            case Reset c -> R2000Frame.bytes();
            case SetBaud c -> R2000Frame.bytes(c.baud() == 38_400 ? BAUD_38400 : BAUD_115200);
            case GetVersion c -> R2000Frame.bytes();
            case SetWorkAntenna c -> R2000Frame.bytes(c.antenna() - 1);
            case GetWorkAntenna c -> R2000Frame.bytes();
            case SetPower c -> R2000Frame.bytes(c.dbm());
            case GetPower c -> R2000Frame.bytes();
            case SetRegion c -> c.region().data();
            case GetRegion c -> R2000Frame.bytes();
            case GetTemperature c -> R2000Frame.bytes();
            case GetReturnLoss c -> R2000Frame.bytes(c.frequency());
            case Inventory c -> R2000Frame.bytes(c.repeat());
            case FastSwitch c -> fastSwitch(c);
            case SessionInventory c -> R2000Frame.bytes(c.session(), c.target(), c.repeat());
            case Other c -> R2000Frame.bytes(c.data());
        };
    }

    private static byte[] fastSwitch(FastSwitch command) {
        int slots = command.slots().size();
        ByteBuffer data = ByteBuffer.allocate(command.options().isPresent() ? WITH_OPTIONS : 2 * slots + 2);
        for (Slot slot : command.slots()) {
            data.put((byte) slot.port()).put((byte) slot.stay());
        }
        data.put((byte) command.intervalMillis());
        command.options()
                .ifPresent(options -> data.put(new byte[5])
                        .put((byte) options.session())
                        .put((byte) options.target())
                        .put(new byte[3])
                        .put((byte) (options.phase() ? 1 : 0)));
        return data.put((byte) command.repeat()).array();
    }

    /** The command with this data, of a type of its own where it has exactly that type's form. */
    static R2000Command decode(int number, byte[] data) {
        Other other = new Other(number, R2000Frame.hex(data));
        R2000Command command = switch (data.length) {
            case 0 -> plain(number, other);
            case 1 -> ofByte(number, data[0] & 0xFF, other);
            default -> longer(number, data, other);
        };
        return Arrays.equals(data(command), data) ? command : other;
    }

    private static R2000Command plain(int number, Other other) {
        return switch (number) {
            case 0x60 -> new ReadInputs();
            case 0x63 -> new GetAntennaDetector();
            case 0x70 -> new Reset();
            case 0x72 -> new GetVersion();
            case 0x75 -> new GetWorkAntenna();
            case 0x77 -> new GetPower();
            case 0x79 -> new GetRegion();
            case 0x7B -> new GetTemperature();
            default -> other;
        };
    }

    private static R2000Command ofByte(int number, int value, Other other) {
        return switch (number) {
            case 0x62 -> new SetAntennaDetector(value);
            case 0x66 -> new SetTemporaryPower(value);
            case 0x71 -> new SetBaud(value == BAUD_38400 ? 38_400 : 115_200);
            case 0x74 -> value < R2000Tag.MAX_ANTENNA ? new SetWorkAntenna(value + 1) : other;
            case 0x76 -> new SetPower(List.of(value));
            case 0x7E -> new GetReturnLoss(value);
            case R2000Command.INVENTORY -> new Inventory(value);
            default -> other;
        };
    }

    private static R2000Command longer(int number, byte[] data, Other other) {
        return switch (number) {
            case 0x61 -> data[0] == 3 || data[0] == 4 ? new WriteOutput(data[0], data[1] == 1) : other;
            case 0x76 -> R2000Frame.isPowerCount(data.length) ? new SetPower(unsigned(data)) : other;
            case 0x78 ->
                R2000Region.decode(data).<R2000Command>map(SetRegion::new).orElse(other);
            case R2000Command.FAST_SWITCH ->
                fastSwitch(data).<R2000Command>map(c -> c).orElse(other);
            case R2000Command.SESSION_INVENTORY ->
                data.length == 3 && isSession(data[0], data[1])
                        ? new SessionInventory(data[0], data[1], data[2] & 0xFF)
                        : other;
            default -> other;
        };
    }

    private static boolean isSession(byte session, byte target) {
        return session >= 0 && session <= 3 && target >= 0 && target <= 1;
    }

    private static Optional<FastSwitch> fastSwitch(byte[] data) {
        boolean withOptions = data.length == WITH_OPTIONS;
        if (!withOptions && data.length != 10 && data.length != 18) {
            return Optional.empty();
        }
        if (withOptions && !isSession(data[22], data[23])) {
            return Optional.empty();
        }
        int slots = data.length == 10 ? 4 : 8;
        Optional<Options> options =
                withOptions ? Optional.of(new Options(data[22], data[23], data[27] == 1)) : Optional.empty();
        return Optional.of(
                new FastSwitch(slots(data, slots), data[2 * slots] & 0xFF, options, data[data.length - 1] & 0xFF));
    }

    private static List<Slot> slots(byte[] data, int count) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(new Slot(data[2 * i] & 0xFF, data[2 * i + 1] & 0xFF));
        }
        return slots;
    }

    static List<Integer> unsigned(byte[] data) {
        List<Integer> values = new ArrayList<>();
        for (byte value : data) {
            values.add(value & 0xFF);
        }
        return values;
    }
}
