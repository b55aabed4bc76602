package org.matgate.protocol.chafon;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.matgate.protocol.chafon.ChafonCommand.AntennaInventory;
import org.matgate.protocol.chafon.ChafonCommand.CheckAntennas;
import org.matgate.protocol.chafon.ChafonCommand.GetInformation;
import org.matgate.protocol.chafon.ChafonCommand.GetPins;
import org.matgate.protocol.chafon.ChafonCommand.GetTemperature;
import org.matgate.protocol.chafon.ChafonCommand.Inventory;
import org.matgate.protocol.chafon.ChafonCommand.MeasureReturnLoss;
import org.matgate.protocol.chafon.ChafonCommand.Other;
import org.matgate.protocol.chafon.ChafonCommand.ReturnLossLimit;
import org.matgate.protocol.chafon.ChafonCommand.SetAddress;
import org.matgate.protocol.chafon.ChafonCommand.SetAntennas;
import org.matgate.protocol.chafon.ChafonCommand.SetBaud;
import org.matgate.protocol.chafon.ChafonCommand.SetMode;
import org.matgate.protocol.chafon.ChafonCommand.SetPins;
import org.matgate.protocol.chafon.ChafonCommand.SetPower;
import org.matgate.protocol.chafon.ChafonCommand.SetRegion;
import org.matgate.protocol.chafon.ChafonCommand.SetScanTime;
import org.matgate.protocol.chafon.ChafonCommand.SetWorkMode;

/** Code and data of each command, and back. */
final class ChafonCommands {
    /** Added to an antenna, which is then counted from 0. */
    private static final int ANTENNA = 0x80 - 1;
    /** Memory bank 1 (EPC), address 0 (2), 0 bits: no tag is masked. */
    private static final byte[] NO_MASK = {1, 0, 0, 0};

    private static final int SHORT_INVENTORY = 5;

    private ChafonCommands() {}

    static int code(ChafonCommand command) {
        return switch (command) {
            case Inventory c -> 0x01;
            case AntennaInventory c -> 0x01;
            case GetInformation c -> 0x21;
            case SetRegion c -> 0x22;
            case SetAddress c -> 0x24;
            case SetScanTime c -> 0x25;
            case SetBaud c -> 0x28;
            case SetPower c -> 0x2F;
            case SetWorkMode c -> 0x35;
            case SetAntennas c -> 0x3F;
            case SetPins c -> 0x46;
            case GetPins c -> 0x47;
            case CheckAntennas c -> 0x66;
            case ReturnLossLimit c -> 0x6E;
            case SetMode c -> 0x76;
            case MeasureReturnLoss c -> 0x91;
            case GetTemperature c -> 0x92;
            case Other c -> c.command();
        };
    }

    static byte[] data(ChafonCommand command) {
        return switch (command) {
            case Inventory c -> ChafonFrame.bytes();
            case AntennaInventory c -> inventory(c);
            case GetInformation c -> ChafonFrame.bytes();
            case SetRegion c ->
                ChafonFrame.bytes((c.band() & 0xC) << 4 | c.maxChannel(), (c.band() & 3) << 6 | c.minChannel());
            case SetAddress c -> ChafonFrame.bytes(c.newAddress());
            case SetScanTime c -> ChafonFrame.bytes(c.scanTime());
            case SetBaud c -> ChafonFrame.bytes(c.rate());
            case SetPower c -> ChafonFrame.bytes(c.dbm());
            case SetWorkMode c -> ChafonFrame.bytes(c.parameters());
            case SetAntennas c -> ChafonFrame.bytes(c.antennas());
            case SetPins c -> ChafonFrame.bytes(c.levels());
            case GetPins c -> ChafonFrame.bytes();
            case CheckAntennas c -> ChafonFrame.bytes(c.on() ? 1 : 0);
            case ReturnLossLimit c -> ChafonFrame.bytes(c.value());
            case SetMode c -> ChafonFrame.bytes(c.mode());
            case MeasureReturnLoss c ->
                ByteBuffer.allocate(5)
                        .putInt(c.kilohertz())
                        .put((byte) (c.antenna() - 1))
                        .array();
            case GetTemperature c -> ChafonFrame.bytes();
            case Other c -> ChafonFrame.bytes(c.data());
        };
    }

    private static byte[] inventory(AntennaInventory c) {
        byte[] mask = c.masked() ? NO_MASK : ChafonFrame.bytes();
        return ByteBuffer.allocate(SHORT_INVENTORY + mask.length)
                .put(ChafonFrame.bytes(c.q(), c.session()))
                .put(mask)
                .put(ChafonFrame.bytes(c.target(), c.antenna() + ANTENNA, c.scanTime()))
                .array();
    }

    /** The command with this data, of a type of its own where it has exactly that type's form. */
    static ChafonCommand decode(int address, int code, byte[] data) {
        Other other = new Other(address, code, ChafonFrame.hex(data));
        ChafonCommand command = switch (data.length) {
            case 0 -> plain(address, code, other);
            case 1 -> ofByte(address, code, data[0] & 0xFF, other);
            default -> longer(address, code, data, other);
        };
        return Arrays.equals(data(command), data) ? command : other;
    }

    private static ChafonCommand plain(int address, int code, Other other) {
        return switch (code) {
            case 0x01 -> new Inventory(address);
            case 0x21 -> new GetInformation(address);
            case 0x47 -> new GetPins(address);
            case 0x92 -> new GetTemperature(address);
            default -> other;
        };
    }

    private static ChafonCommand ofByte(int address, int code, int value, Other other) {
        return switch (code) {
            case 0x24 -> new SetAddress(address, value);
            case 0x25 -> new SetScanTime(address, value);
            case 0x28 -> new SetBaud(address, value);
            case 0x2F -> new SetPower(address, value);
            case 0x3F -> new SetAntennas(address, value);
            case 0x46 -> new SetPins(address, value);
            case 0x66 -> new CheckAntennas(address, value == 1);
            case 0x6E -> new ReturnLossLimit(address, value);
            case 0x76 -> new SetMode(address, value);
            default -> other;
        };
    }

    private static ChafonCommand longer(int address, int code, byte[] data, Other other) {
        return switch (code) {
            case 0x01 -> inventory(address, data, other);
            case 0x22 -> data.length == 2 ? region(address, data[0] & 0xFF, data[1] & 0xFF) : other;
            case 0x35 -> data.length == 6 ? new SetWorkMode(address, other.data()) : other;
            case 0x91 -> data.length == 5 && data[0] >= 0 ? returnLoss(address, ByteBuffer.wrap(data)) : other;
            default -> other;
        };
    }

    private static SetRegion region(int address, int max, int min) {
        return new SetRegion(address, (max >> 4 & 0xC) | min >> 6, max & 63, min & 63);
    }

    private static MeasureReturnLoss returnLoss(int address, ByteBuffer data) {
        return new MeasureReturnLoss(address, data.getInt(), 1 + (data.get() & 0xFF));
    }

    private static ChafonCommand inventory(int address, byte[] data, Other other) {
        boolean masked = data.length == SHORT_INVENTORY + NO_MASK.length;
        if (!masked && data.length != SHORT_INVENTORY) {
            return other;
        }
        int at = data.length - 3;
        int antenna = (data[at + 1] & 0xFF) - ANTENNA;
        return antenna < 1 || antenna > 16
                ? other
                : new AntennaInventory(
                        address, data[0] & 0xFF, data[1] & 0xFF, masked, data[at] & 0xFF, antenna, data[at + 2] & 0xFF);
    }
}
