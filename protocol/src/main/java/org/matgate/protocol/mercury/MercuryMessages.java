package org.matgate.protocol.mercury;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.matgate.protocol.mercury.MercuryMessage.AntennaPorts;
import org.matgate.protocol.mercury.MercuryMessage.Booted;
import org.matgate.protocol.mercury.MercuryMessage.CurrentProgram;
import org.matgate.protocol.mercury.MercuryMessage.CycleEnd;
import org.matgate.protocol.mercury.MercuryMessage.Fault;
import org.matgate.protocol.mercury.MercuryMessage.Port;
import org.matgate.protocol.mercury.MercuryMessage.Reply;
import org.matgate.protocol.mercury.MercuryMessage.StartAck;
import org.matgate.protocol.mercury.MercuryMessage.StopAck;
import org.matgate.protocol.mercury.MercuryMessage.Temperature;
import org.matgate.protocol.mercury.MercuryMessage.Version;
import org.matgate.protocol.reader.ReaderMessage;

/** The frame of each message, and back. */
final class MercuryMessages {
    private static final int SEARCH = 0x22;
    private static final int STREAM = 0x2F;
    private static final int VERSION_BYTES = 20;
    private static final byte[] START_ACK = {0x01, 0x22, 0x00, 0x00};
    private static final byte[] STOP_ACK = {0x02};
    /** 88 10, search flags, metadata flags (timestamp alone), type 01; the length of the cycle in ms follows. */
    private static final byte[] CYCLE_END = {(byte) 0x88, 0x10, 0x00, 0x1B, 0x00, 0x10, 0x01};

    private MercuryMessages() {}

    static byte[] encode(MercuryMessage message) {
        return switch (message) {
            case Version m -> ok(0x03, version(m));
            case Booted m -> ok(0x04);
            case CurrentProgram m -> ok(0x0C, (byte) m.program());
            case StartAck m -> ok(STREAM, START_ACK);
            case StopAck m -> ok(STREAM, STOP_ACK);
            case AntennaPorts m -> ok(0x61, ports(m.ports()));
            case Temperature m -> ok(0x72, (byte) m.celsius());
            case CycleEnd m -> MercuryFrame.reply(SEARCH, MercuryStatus.NO_TAGS, cycleEnd(m.cycleMillis()));
            case Fault m -> MercuryFrame.reply(SEARCH, m.status(), MercuryFrame.bytes(m.data()));
            case Reply m -> MercuryFrame.reply(m.op(), m.status(), MercuryFrame.bytes(m.data()));
        };
    }

    private static byte[] ok(int op, byte... data) {
        return MercuryFrame.reply(op, MercuryStatus.OK, data);
    }

    private static byte[] version(Version version) {
        byte[] more = MercuryFrame.bytes(version.more());
        return ByteBuffer.allocate(VERSION_BYTES + more.length)
                .putInt(version.bootloader())
                .putInt(version.hardware())
                .putInt(version.firmwareDate())
                .putInt(version.firmware())
                .putInt(version.protocols())
                .put(more)
                .array();
    }

    private static byte[] ports(List<Port> ports) {
        ByteBuffer data = ByteBuffer.allocate(1 + 2 * ports.size()).put((byte) 5);
        for (Port port : ports) {
            data.put((byte) port.port()).put((byte) (port.connected() ? 1 : 0));
        }
        return data.array();
    }

    private static byte[] cycleEnd(OptionalLong millis) {
        if (millis.isEmpty()) {
            return new byte[0];
        }
        return ByteBuffer.allocate(CYCLE_END.length + 4)
                .put(CYCLE_END)
                .putInt((int) millis.getAsLong())
                .array();
    }

    /** What a reply says; empty if it is a tag record that is at odds with itself. */
    static Optional<ReaderMessage> decode(int op, int status, byte[] data) {
        if (op == SEARCH && status == MercuryStatus.OK && MercuryTagRecord.isTag(data)) {
            return MercuryTagRecord.decode(data).map(MercuryTagRecord::report);
        }
        if (op == SEARCH && status == MercuryStatus.OK && MercuryTagRecord.isType(data, 0)) {
            return Optional.of(new CycleEnd(OptionalLong.empty()));
        }
        if (op == SEARCH && status == MercuryStatus.NO_TAGS) {
            return Optional.of(new CycleEnd(cycleMillis(data)));
        }
        if (op == SEARCH && status != MercuryStatus.OK) {
            return Optional.of(new Fault(status, MercuryFrame.hex(data)));
        }
        Reply reply = new Reply(op, status, MercuryFrame.hex(data));
        return Optional.of(status == MercuryStatus.OK ? typed(reply, data) : reply);
    }

    private static MercuryMessage typed(Reply reply, byte[] data) {
        return switch (reply.op()) {
            case 0x03 -> data.length >= VERSION_BYTES ? version(ByteBuffer.wrap(data)) : reply;
            case 0x04 -> data.length == 0 ? new Booted() : reply;
            case 0x0C -> data.length == 1 ? new CurrentProgram(data[0] & 0xFF) : reply;
            case 0x61 -> data.length % 2 == 1 && data[0] == 5 ? new AntennaPorts(ports(data)) : reply;
            case 0x72 -> data.length == 1 ? new Temperature(data[0]) : reply;
            case STREAM -> Arrays.equals(data, START_ACK) ? new StartAck() : stopAck(reply, data);
            default -> reply;
        };
    }

    private static MercuryMessage stopAck(Reply reply, byte[] data) {
        return Arrays.equals(data, STOP_ACK) ? new StopAck() : reply;
    }

    private static Version version(ByteBuffer data) {
        int bootloader = data.getInt();
        int hardware = data.getInt();
        int firmwareDate = data.getInt();
        int firmware = data.getInt();
        int protocols = data.getInt();
        byte[] more = new byte[data.remaining()];
        data.get(more);
        return new Version(bootloader, hardware, firmwareDate, firmware, protocols, MercuryFrame.hex(more));
    }

    private static List<Port> ports(byte[] data) {
        List<Port> ports = new ArrayList<>();
        for (int i = 1; i < data.length; i += 2) {
            ports.add(new Port(data[i] & 0xFF, data[i + 1] == 1));
        }
        return ports;
    }

    private static OptionalLong cycleMillis(byte[] data) {
        boolean timed = data.length == CYCLE_END.length + 4
                && (data[0] & 0xFF) == 0x88
                && MercuryFrame.unsigned16(data, 4) == MercuryTag.TIMESTAMP;
        return timed
                ? OptionalLong.of(Integer.toUnsignedLong(ByteBuffer.wrap(data).getInt(CYCLE_END.length)))
                : OptionalLong.empty();
    }
}
