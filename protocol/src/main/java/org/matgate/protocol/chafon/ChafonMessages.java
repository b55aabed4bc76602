package org.matgate.protocol.chafon;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.matgate.protocol.chafon.ChafonMessage.Heartbeat;
import org.matgate.protocol.chafon.ChafonMessage.Inventory;
import org.matgate.protocol.chafon.ChafonMessage.Pins;
import org.matgate.protocol.chafon.ChafonMessage.ReaderInformation;
import org.matgate.protocol.chafon.ChafonMessage.RealTimeTag;
import org.matgate.protocol.chafon.ChafonMessage.Reply;
import org.matgate.protocol.chafon.ChafonMessage.ReturnLoss;
import org.matgate.protocol.chafon.ChafonMessage.ReturnLossLimit;
import org.matgate.protocol.chafon.ChafonMessage.Statistics;
import org.matgate.protocol.chafon.ChafonMessage.Temperature;

/** Command, status and data of each message, and back. */
final class ChafonMessages {
    /** Bytes of a reader's information that every type sends. */
    static final int INFORMATION = 8;
    /** Bytes of a heartbeat around the antennas' status. */
    static final int HEARTBEAT = 8;

    private static final int STATISTICS = 7;
    private static final int INVENTORY = 0x01;
    private static final int REAL_TIME = 0xEE;

    private ChafonMessages() {}

    static byte[] encode(ChafonMessage message) {
        return ChafonFrame.reply(message.address(), message.command(), status(message), data(message));
    }

    static int command(ChafonMessage message) {
        return switch (message) {
            case ReaderInformation m -> 0x21;
            case Inventory m -> INVENTORY;
            case Statistics m -> INVENTORY;
            case RealTimeTag m -> REAL_TIME;
            case Heartbeat m -> REAL_TIME;
            case Temperature m -> 0x92;
            case ReturnLoss m -> 0x91;
            case ReturnLossLimit m -> 0x6E;
            case Pins m -> 0x47;
            case Reply m -> m.command();
        };
    }

    private static int status(ChafonMessage message) {
        return switch (message) {
            case Inventory m -> m.status();
            case Statistics m -> ChafonStatus.STATISTICS;
            case Heartbeat m -> ChafonStatus.HEARTBEAT;
            case Reply m -> m.status();
            case ReaderInformation m -> ChafonStatus.OK;
            case RealTimeTag m -> ChafonStatus.OK;
            case Temperature m -> ChafonStatus.OK;
            case ReturnLoss m -> ChafonStatus.OK;
            case ReturnLossLimit m -> ChafonStatus.OK;
            case Pins m -> ChafonStatus.OK;
        };
    }

    static byte[] data(ChafonMessage message) {
        return switch (message) {
            case ReaderInformation m -> information(m);
            case Inventory m -> inventory(m);
            case Statistics m ->
                ByteBuffer.allocate(STATISTICS)
                        .put((byte) m.antennas())
                        .putShort((short) m.rate())
                        .putInt((int) m.total())
                        .array();
            case RealTimeTag m -> tags(ChafonFrame.bytes(m.antennas()), List.of(m.tag()));
            case Heartbeat m -> heartbeat(m);
            case Temperature m -> ChafonFrame.bytes(m.celsius() < 0 ? 0 : 1, Math.abs(m.celsius()));
            case ReturnLoss m -> ChafonFrame.bytes(m.decibels());
            case ReturnLossLimit m -> ChafonFrame.bytes(m.decibels());
            case Pins m -> ChafonFrame.bytes(m.levels());
            case Reply m -> ChafonFrame.bytes(m.data());
        };
    }

    private static byte[] information(ReaderInformation m) {
        byte[] more = ChafonFrame.bytes(m.more());
        return ByteBuffer.allocate(INFORMATION + more.length)
                .putShort((short) m.version())
                .put((byte) m.type())
                .put((byte) m.protocols())
                .put((byte) m.maxFrequency())
                .put((byte) m.minFrequency())
                .put((byte) m.power())
                .put((byte) m.scanTime())
                .put(more)
                .array();
    }

    private static byte[] inventory(Inventory m) {
        int count = m.tags().size();
        return tags(
                m.layout() == ChafonLayout.READER18 ? ChafonFrame.bytes(count) : ChafonFrame.bytes(m.antennas(), count),
                m.tags());
    }

    private static byte[] tags(byte[] head, List<ChafonTag> tags) {
        int length = head.length + tags.stream().mapToInt(ChafonTag::length).sum();
        ByteBuffer data = ByteBuffer.allocate(length).put(head);
        tags.forEach(tag -> tag.encode(data));
        return data.array();
    }

    private static byte[] heartbeat(Heartbeat m) {
        byte[] antennas = ChafonFrame.bytes(m.antennaStatus());
        return ByteBuffer.allocate(HEARTBEAT + antennas.length)
                .putInt((int) m.packet())
                .put(antennas)
                .putInt((int) m.total())
                .array();
    }

    /** What a reply says; the general one if its data is not of the form of its command. */
    static ChafonMessage decode(int address, int command, int status, byte[] data) {
        Reply reply = new Reply(address, command, status, ChafonFrame.hex(data));
        return switch (command) {
            case INVENTORY -> inventory(reply, data);
            case REAL_TIME -> realTime(reply, data);
            case 0x21, 0x47, 0x6E, 0x91, 0x92 -> status == ChafonStatus.OK ? answer(reply, data) : reply;
            default -> reply;
        };
    }

    private static ChafonMessage inventory(Reply reply, byte[] data) {
        return switch (reply.status()) {
            case ChafonStatus.DONE,
                    ChafonStatus.TIMEOUT,
                    ChafonStatus.MORE,
                    ChafonStatus.MEMORY_FULL,
                    ChafonStatus.ANTENNA_ERROR ->
                inventory(reply.address(), reply.status(), data, ChafonLayout.READER288)
                        .or(() -> inventory(reply.address(), reply.status(), data, ChafonLayout.READER18))
                        .<ChafonMessage>map(inventory -> inventory)
                        .orElse(reply);
            case ChafonStatus.STATISTICS ->
                data.length == STATISTICS ? statistics(reply, ByteBuffer.wrap(data)) : reply;
            default -> reply;
        };
    }

    /** The inventory with this data in this layout; empty if the data is at odds with it. */
    static Optional<Inventory> inventory(int address, int status, byte[] data, ChafonLayout layout) {
        int head = layout == ChafonLayout.READER18 ? 1 : 2;
        if (data.length < head) {
            return Optional.empty();
        }
        int antennas = head == 1 ? 0 : data[0] & 0xFF;
        return ChafonTag.decode(data, head, data[head - 1] & 0xFF, layout)
                .map(tags -> new Inventory(address, layout, status, antennas, tags));
    }

    private static Statistics statistics(Reply reply, ByteBuffer data) {
        return new Statistics(
                reply.address(), data.get() & 0xFF, data.getShort() & 0xFFFF, Integer.toUnsignedLong(data.getInt()));
    }

    private static ChafonMessage realTime(Reply reply, byte[] data) {
        if (reply.status() == ChafonStatus.HEARTBEAT && data.length > HEARTBEAT) {
            return heartbeat(reply, ByteBuffer.wrap(data));
        }
        // Bits 6 and 7 of the length are an inventory's: here nobody has seen them.
        if (reply.status() != ChafonStatus.OK || data.length < 2 || data[1] <= 0 || data[1] > 0x3F) {
            return reply;
        }
        return ChafonTag.decode(data, 1, 1, ChafonLayout.READER288)
                .<ChafonMessage>map(tags -> new RealTimeTag(reply.address(), data[0] & 0xFF, tags.getFirst()))
                .orElse(reply);
    }

    private static Heartbeat heartbeat(Reply reply, ByteBuffer data) {
        long packet = Integer.toUnsignedLong(data.getInt());
        byte[] antennas = new byte[data.remaining() - Integer.BYTES];
        data.get(antennas);
        return new Heartbeat(reply.address(), packet, ChafonFrame.hex(antennas), Integer.toUnsignedLong(data.getInt()));
    }

    private static ChafonMessage answer(Reply reply, byte[] data) {
        if (reply.command() == 0x21) {
            return data.length < INFORMATION ? reply : information(reply, ByteBuffer.wrap(data));
        }
        if (reply.command() == 0x92) {
            return data.length == 2 ? temperature(reply, data[0], data[1] & 0xFF) : reply;
        }
        if (data.length != 1) {
            return reply;
        }
        int value = data[0] & 0xFF;
        return switch (reply.command()) {
            case 0x47 -> new Pins(reply.address(), value);
            case 0x6E -> new ReturnLossLimit(reply.address(), value);
            default -> new ReturnLoss(reply.address(), value);
        };
    }

    private static ChafonMessage temperature(Reply reply, int sign, int amount) {
        boolean known = sign == 1 || (sign == 0 && amount != 0);
        return known ? new Temperature(reply.address(), sign == 0 ? -amount : amount) : reply;
    }

    private static ReaderInformation information(Reply reply, ByteBuffer data) {
        int version = data.getShort() & 0xFFFF;
        byte[] fixed = new byte[INFORMATION - 2];
        data.get(fixed);
        byte[] more = new byte[data.remaining()];
        data.get(more);
        return new ReaderInformation(
                reply.address(),
                version,
                fixed[0] & 0xFF,
                fixed[1] & 0xFF,
                fixed[2] & 0xFF,
                fixed[3] & 0xFF,
                fixed[4] & 0xFF,
                fixed[5] & 0xFF,
                ChafonFrame.hex(more));
    }

    static void checkU32(String what, long value) {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(what + " " + value + "; want 0 to 4294967295");
        }
    }
}
