package org.matgate.protocol.mercury;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.matgate.protocol.mercury.MercuryCommand.AntennaPair;
import org.matgate.protocol.mercury.MercuryCommand.BootApplication;
import org.matgate.protocol.mercury.MercuryCommand.DetectAntennas;
import org.matgate.protocol.mercury.MercuryCommand.GetCurrentProgram;
import org.matgate.protocol.mercury.MercuryCommand.GetReturnLoss;
import org.matgate.protocol.mercury.MercuryCommand.GetTemperature;
import org.matgate.protocol.mercury.MercuryCommand.GetVersion;
import org.matgate.protocol.mercury.MercuryCommand.Other;
import org.matgate.protocol.mercury.MercuryCommand.ReadGpio;
import org.matgate.protocol.mercury.MercuryCommand.SetBaud;
import org.matgate.protocol.mercury.MercuryCommand.SetGpo;
import org.matgate.protocol.mercury.MercuryCommand.SetProtocol;
import org.matgate.protocol.mercury.MercuryCommand.SetReadPower;
import org.matgate.protocol.mercury.MercuryCommand.SetReaderConfig;
import org.matgate.protocol.mercury.MercuryCommand.SetRegion;
import org.matgate.protocol.mercury.MercuryCommand.SetSearchList;
import org.matgate.protocol.mercury.MercuryCommand.StartStreaming;
import org.matgate.protocol.mercury.MercuryCommand.StopStreaming;
import org.matgate.protocol.mercury.MercuryCommand.Tunnelled;

/** Opcode and data of each command, and back. */
final class MercuryCommands {
    private static final int STREAM = 0x2F;

    private MercuryCommands() {}

    static int op(MercuryCommand command) {
        return switch (command) {
            case GetVersion c -> 0x03;
            case BootApplication c -> 0x04;
            case SetBaud c -> 0x06;
            case GetCurrentProgram c -> 0x0C;
            case StartStreaming c -> STREAM;
            case StopStreaming c -> STREAM;
            case Tunnelled c -> STREAM;
            case DetectAntennas c -> 0x61;
            case GetReturnLoss c -> 0x61;
            case ReadGpio c -> 0x66;
            case GetTemperature c -> 0x72;
            case SetSearchList c -> 0x91;
            case SetReadPower c -> 0x92;
            case SetProtocol c -> 0x93;
            case SetGpo c -> 0x96;
            case SetRegion c -> 0x97;
            case SetReaderConfig c -> 0x9A;
            case Other c -> c.op();
        };
    }

    static byte[] data(MercuryCommand command) {
        return switch (command) {
            case GetVersion c -> bytes();
            case BootApplication c -> bytes();
            case SetBaud c -> ByteBuffer.allocate(4).putInt(c.baud()).array();
            case GetCurrentProgram c -> bytes();
            case StartStreaming c -> startStreaming(c);
            case StopStreaming c -> bytes(0, 0, 2);
            case Tunnelled c -> tunnelled(c.command());
            case DetectAntennas c -> bytes(5);
            case GetReturnLoss c -> bytes(6);
            case ReadGpio c -> bytes(1);
            case GetTemperature c -> bytes();
            case SetSearchList c -> searchList(c.antennas());
            case SetReadPower c -> bytes(c.centiDbm() >> 8, c.centiDbm());
            case SetProtocol c -> bytes(c.protocol() >> 8, c.protocol());
            case SetGpo c -> bytes(c.pin(), c.high() ? 1 : 0);
            case SetRegion c -> bytes(c.region());
            case SetReaderConfig c -> bytes(1, c.key(), c.value());
            case Other c -> MercuryFrame.bytes(c.data());
        };
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] searchList(List<AntennaPair> antennas) {
        ByteBuffer data = ByteBuffer.allocate(1 + 2 * antennas.size()).put((byte) 2);
        for (AntennaPair pair : antennas) {
            data.put((byte) pair.tx()).put((byte) pair.rx());
        }
        return data.array();
    }

    /** timeout(2) 01 22 flags(2) GEN2 len, and then the search as a command of its own: 22 [88] 10 …. */
    private static byte[] startStreaming(StartStreaming start) {
        int innerLength = start.multiSelect() ? 8 : 7;
        ByteBuffer data = ByteBuffer.allocate(9 + innerLength)
                .put(bytes(0, 0, 1, 0x22, 0, 0, SetProtocol.GEN2, innerLength, 0x22));
        if (start.multiSelect()) {
            data.put((byte) 0x88);
        }
        return data.put((byte) 0x10)
                .putShort((short) start.searchFlags())
                .putShort((short) start.cycleMillis())
                .putShort((short) start.metadataFlags())
                .array();
    }

    private static byte[] tunnelled(MercuryCommand inner) {
        byte[] data = data(inner);
        return ByteBuffer.allocate(5 + data.length)
                .put(bytes(0, 0, 4, data.length, op(inner)))
                .put(data)
                .array();
    }

    /** The command with this data, of a type of its own where it has exactly that type's form. */
    static MercuryCommand decode(int op, byte[] data) {
        Other other = new Other(op, MercuryFrame.hex(data));
        MercuryCommand command = switch (data.length) {
            case 0 -> plain(op, other);
            case 1 -> ofByte(op, data[0] & 0xFF, other);
            case 2 -> ofWord(op, data, other);
            default -> longer(op, data, other);
        };
        return Arrays.equals(data(command), data) ? command : other;
    }

    private static MercuryCommand plain(int op, Other other) {
        return switch (op) {
            case 0x03 -> new GetVersion();
            case 0x04 -> new BootApplication();
            case 0x0C -> new GetCurrentProgram();
            case 0x72 -> new GetTemperature();
            default -> other;
        };
    }

    private static MercuryCommand ofByte(int op, int value, Other other) {
        return switch (op) {
            case 0x61 -> value == 5 ? new DetectAntennas() : new GetReturnLoss();
            case 0x66 -> new ReadGpio();
            case 0x91 -> new SetSearchList(List.of());
            case 0x97 -> new SetRegion(value);
            default -> other;
        };
    }

    private static MercuryCommand ofWord(int op, byte[] data, Other other) {
        return switch (op) {
            case 0x92 -> new SetReadPower(MercuryFrame.unsigned16(data, 0));
            case 0x93 -> new SetProtocol(MercuryFrame.unsigned16(data, 0));
            case 0x96 -> new SetGpo(data[0] & 0xFF, data[1] == 1);
            default -> other;
        };
    }

    private static MercuryCommand longer(int op, byte[] data, Other other) {
        return switch (op) {
            case 0x06 -> data.length == 4 ? new SetBaud(ByteBuffer.wrap(data).getInt()) : other;
            case STREAM -> streaming(data);
            case 0x91 -> data.length % 2 == 1 && data.length <= 33 ? new SetSearchList(pairs(data)) : other;
            case 0x9A -> new SetReaderConfig(data[1] & 0xFF, data[2] & 0xFF);
            default -> other;
        };
    }

    private static MercuryCommand streaming(byte[] data) {
        int multi = data.length == 17 ? 1 : 0;
        if (data.length == 16 || data.length == 17) {
            return new StartStreaming(
                    multi == 1,
                    MercuryFrame.unsigned16(data, 10 + multi),
                    MercuryFrame.unsigned16(data, 12 + multi),
                    MercuryFrame.unsigned16(data, 14 + multi));
        }
        if (data.length >= 5 && data[2] == 4) {
            return new Tunnelled(decode(data[4] & 0xFF, Arrays.copyOfRange(data, 5, data.length)));
        }
        return new StopStreaming();
    }

    private static List<AntennaPair> pairs(byte[] data) {
        List<AntennaPair> pairs = new ArrayList<>();
        for (int i = 1; i < data.length; i += 2) {
            pairs.add(new AntennaPair(data[i] & 0xFF, data[i + 1] & 0xFF));
        }
        return pairs;
    }
}
