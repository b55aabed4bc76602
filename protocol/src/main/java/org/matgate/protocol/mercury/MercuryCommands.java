package org.matgate.protocol.mercury;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.matgate.protocol.mercury.MercuryCommand.*;

/** Opcode and data of each command, and back. */
final class MercuryCommands {
    private MercuryCommands() {}

    static int op(MercuryCommand command) {
        return switch (command) {
            case GetVersion _ -> 0x03;
            case BootApplication _ -> 0x04;
            case SetBaud _ -> 0x06;
            case GetCurrentProgram _ -> 0x0C;
            case StartStreaming _, StopStreaming _, Tunnelled _ -> 0x2F;
            case DetectAntennas _, GetReturnLoss _ -> 0x61;
            case ReadGpio _ -> 0x66;
            case GetTemperature _ -> 0x72;
            case SetSearchList _ -> 0x91;
            case SetReadPower _ -> 0x92;
            case SetProtocol _ -> 0x93;
            case SetGpo _ -> 0x96;
            case SetRegion _ -> 0x97;
            case SetReaderConfig _ -> 0x9A;
            case Other(int op, String _) -> op;
        };
    }

    static byte[] data(MercuryCommand command) {
        return switch (command) {
            case GetVersion _, BootApplication _, GetCurrentProgram _, GetTemperature _ -> new byte[0];
            case SetBaud(int baud) -> ByteBuffer.allocate(4).putInt(baud).array();
            case DetectAntennas _ -> bytes(5);
            case GetReturnLoss _ -> bytes(6);
            case ReadGpio _ -> bytes(1);
            case SetRegion(int region) -> bytes(region);
            case SetReadPower(int power) -> bytes(power >> 8, power);
            case SetProtocol(int protocol) -> bytes(protocol >> 8, protocol);
            case SetGpo(int pin, boolean high) -> bytes(pin, high ? 1 : 0);
            case SetReaderConfig(int key, int value) -> bytes(1, key, value);
            case SetSearchList(List<AntennaPair> antennas) -> searchList(antennas);
            case StartStreaming start -> startStreaming(start);
            case StopStreaming _ -> bytes(0, 0, 2);
            case Tunnelled(MercuryCommand inner) -> tunnelled(inner);
            case Other(int _, String data) -> MercuryFrame.bytes(data);
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
        MercuryCommand command =
                switch (op) {
                    case 0x03 -> new GetVersion();
                    case 0x04 -> new BootApplication();
                    case 0x06 when data.length == 4 ->
                        new SetBaud(ByteBuffer.wrap(data).getInt());
                    case 0x0C -> new GetCurrentProgram();
                    case 0x2F -> streaming(data);
                    case 0x61 when data.length == 1 && data[0] == 5 -> new DetectAntennas();
                    case 0x61 when data.length == 1 && data[0] == 6 -> new GetReturnLoss();
                    case 0x66 -> new ReadGpio();
                    case 0x72 -> new GetTemperature();
                    case 0x91 when data.length % 2 == 1 && data.length <= 33 -> new SetSearchList(pairs(data));
                    case 0x92 when data.length == 2 -> new SetReadPower(MercuryFrame.unsigned16(data, 0));
                    case 0x93 when data.length == 2 -> new SetProtocol(MercuryFrame.unsigned16(data, 0));
                    case 0x96 when data.length == 2 -> new SetGpo(data[0] & 0xFF, data[1] == 1);
                    case 0x97 when data.length == 1 -> new SetRegion(data[0] & 0xFF);
                    case 0x9A when data.length == 3 -> new SetReaderConfig(data[1] & 0xFF, data[2] & 0xFF);
                    default -> other(op, data);
                };
        return Arrays.equals(data(command), data) ? command : other(op, data);
    }

    private static MercuryCommand other(int op, byte[] data) {
        return new Other(op, MercuryFrame.hex(data));
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
