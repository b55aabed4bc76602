package org.matgate.gateway.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Whom this machine has connections to, as the kernel lists them in {@code /proc/net/tcp} and {@code tcp6}. */
public final class TcpPeers {
    private static final String ESTABLISHED = "01";
    private static final int REMOTE_COLUMN = 2;
    private static final int STATE_COLUMN = 3;

    private TcpPeers() {}

    /** Whether some process of this machine is connected to that port of that host; false where that is not known. */
    public static boolean connected(Path proc, InetAddress host, int port) {
        for (String file : List.of("tcp", "tcp6")) {
            try {
                List<String> rows = Files.readAllLines(proc.resolve("net").resolve(file));
                if (rows.stream().skip(1).anyMatch(row -> leadsTo(row, host, port))) {
                    return true;
                }
            } catch (IOException e) {
                // a kernel without this protocol
            }
        }
        return false;
    }

    private static boolean leadsTo(String row, InetAddress host, int port) {
        String[] columns = row.strip().split("\\s+", -1);
        if (columns.length <= STATE_COLUMN || !columns[STATE_COLUMN].equals(ESTABLISHED)) {
            return false;
        }
        String[] remote = columns[REMOTE_COLUMN].split(":", -1);
        return remote.length == 2
                && HexFormat.fromHexDigits(remote[1]) == port
                && address(remote[0]).filter(host::equals).isPresent();
    }

    /** The kernel writes each four bytes as one number of this machine's byte order, which is little-endian. */
    private static Optional<InetAddress> address(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = bytes[i / 4 * 4 + 3 - i % 4];
        }
        try {
            // An IPv4 address in IPv6 clothes becomes an IPv4 address.
            return Optional.of(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
