package org.matgate.whole;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The time in a field without internet: a box that serves it by its own quartz, and the chrony of the box at hand, which
 * follows, both set up as they come with the package. Neither touches this machine's clock (-x).
 */
final class FieldTime implements AutoCloseable {
    private static final Duration PATIENCE = DebianBox.patience(Duration.ofSeconds(90));

    private final Command server;
    private final Command client;

    private FieldTime(Command server, Command client) {
        this.server = server;
        this.client = client;
    }

    static FieldTime follow(DebianBox box) throws Exception {
        int port = freePort();
        // It has heard the true time once, as the page wants it; here its quartz stands for that.
        Path serving = config(
                box,
                "field-server.conf",
                "(?m)^pool .*",
                "local stratum 4\nport " + port + "\nallow 127.0.0.1\ncmdport 0\nbindcmdaddress /\n"
                        + "pidfile /run/field-server.pid");
        Path following = config(box, "field-client.conf", "192\\.168\\.1\\.10 ", "127.0.0.1 port " + port + " ");
        FieldTime time = new FieldTime(chronyd(box, serving), chronyd(box, following));
        try (Command synchronised = box.command("chronyc", "waitsync", "60", "0", "0", "1")) {
            if (synchronised.awaitExit(PATIENCE) != 0) {
                throw new AssertionError("not synchronised:\n" + synchronised.text() + "\n" + time);
            }
        } catch (AssertionError | Exception e) {
            time.close();
            throw e;
        }
        return time;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path config(DebianBox box, String name, String own, String here) throws IOException {
        String shipped = Files.readString(box.file("/usr/share/matgate/chrony/" + name));
        String changed = shipped.replaceFirst(own, here);
        if (changed.equals(shipped)) {
            throw new AssertionError(own + " is not in " + name);
        }
        Files.writeString(box.file("/etc/chrony/" + name), changed);
        return Path.of("/etc/chrony", name);
    }

    private static Command chronyd(DebianBox box, Path config) throws IOException {
        return box.command("chronyd", "-x", "-d", "-f", config.toString());
    }

    @Override
    public String toString() {
        return "serving: " + server.text() + "\nfollowing: " + client.text();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
