package org.matgate.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpPeersTest {
    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n";

    @Test
    void theKernelsOwnListIsUnderstood() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket reader = new ServerSocket(0, 1, loopback)) {
            int port = reader.getLocalPort();
            assertThat(TcpPeers.connected(Path.of("/proc"), loopback, port)).isFalse();
            try (Socket client = new Socket(loopback, port)) {
                assertThat(client.isConnected()).isTrue();
                assertThat(TcpPeers.connected(Path.of("/proc"), loopback, port)).isTrue();
            }
        }
    }

    @Test
    void onlyTheFarEndOfAnEstablishedConnectionCounts(@TempDir Path proc) throws Exception {
        InetAddress host = InetAddress.getByName("192.168.1.50");
        Path net = Files.createDirectory(proc.resolve("net"));
        assertThat(TcpPeers.connected(proc, host, 5084)).isFalse();
        Path tcp = net.resolve("tcp");
        Files.writeString(
                tcp, HEAD + "   0: 0A01A8C0:9C40 3201A8C0:13DC 02 0:0\n   1: 3201A8C0:13DC 0A01A8C0:13DC 01 0:0\n");
        assertThat(TcpPeers.connected(proc, host, 5084)).isFalse();
        Files.writeString(tcp, HEAD + "   0: 0A01A8C0:9C40 3201A8C0:13DC 01 0:0\n");
        assertThat(TcpPeers.connected(proc, host, 5084)).isTrue();
        assertThat(TcpPeers.connected(proc, host, 5085)).isFalse();
        Files.writeString(tcp, HEAD + "nonsense\n");
        Files.writeString(
                net.resolve("tcp6"),
                HEAD + "   0: 0000000000000000FFFF00000A01A8C0:9C40 0000000000000000FFFF00003201A8C0:13DC 01 0:0\n");
        assertThat(TcpPeers.connected(proc, host, 5084)).isTrue();
    }
}
