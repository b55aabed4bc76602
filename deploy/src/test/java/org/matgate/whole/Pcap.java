package org.matgate.whole;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what went over one TCP connection as a capture file, with headers as the network would have put them on. */
final class Pcap {
    /** The server's port in the file. */
    static final int SERVER_PORT = 5084;

    private static final int CLIENT_PORT = 40_000;
    private static final int ETHERNET = 1;
    private static final int HEADERS = 14 + 20 + 20;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int PUSH_ACK = 24;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private int fromClient;
    private int fromServer;

    private Pcap() {
        file.writeBytes(ByteBuffer.allocate(24)
                .putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(0xFFFF)
                .putInt(ETHERNET)
                .array());
    }

    static Path write(Path file, List<RecordingProxy.Piece> pieces) throws IOException {
        Pcap pcap = new Pcap();
        long start = pieces.getFirst().nanos;
        pcap.segment(true, SYN, new byte[0], 0);
        pcap.segment(false, SYN | ACK, new byte[0], 0);
        pcap.segment(true, ACK, new byte[0], 0);
        pieces.forEach(piece -> pcap.segment(piece.fromClient, PUSH_ACK, piece.bytes, piece.nanos - start));
        return Files.write(file, pcap.file.toByteArray());
    }

    private void segment(boolean client, int flags, byte[] data, long nanos) {
        int length = HEADERS + data.length;
        ByteBuffer packet = ByteBuffer.allocate(16 + length);
        packet.putInt((int) (nanos / 1_000_000_000)).putInt((int) (nanos / 1000 % 1_000_000));
        packet.putInt(length).putInt(length);
        packet.put(new byte[12]).putShort((short) 0x0800);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (length - 14)).putInt(0);
        // Neither checksum is looked at.
        packet.put((byte) 64).put((byte) 6).putShort((short) 0);
        packet.putInt(client ? 0x0A000001 : 0x0A000002).putInt(client ? 0x0A000002 : 0x0A000001);
        packet.putShort((short) (client ? CLIENT_PORT : SERVER_PORT));
        packet.putShort((short) (client ? SERVER_PORT : CLIENT_PORT));
        packet.putInt(client ? fromClient : fromServer)
                .putInt((flags & ACK) == 0 ? 0 : client ? fromServer : fromClient);
        packet.put((byte) 0x50).put((byte) flags).putShort((short) 0xFFFF).putInt(0);
        file.writeBytes(packet.put(data).array());
        int said = data.length + ((flags & SYN) == 0 ? 0 : 1);
        fromClient += client ? said : 0;
        fromServer += client ? 0 : said;
    }
}
