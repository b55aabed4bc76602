package org.matgate.simulator.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.matgate.protocol.receiver.BoxInfo;
import org.matgate.protocol.receiver.SessionListener;
import org.matgate.protocol.stream.StreamMessage.Refuse;

/**
 * Shows who comes and goes; what repeats is left to the statistics, and so is a host that gives ever other names. On the
 * server's event loop.
 */
final class EngineDisplay implements SessionListener {
    private static final int MOST_REMEMBERED = 1000;
    private static final int MOST_OF_A_HOST = 8;

    private final PrintWriter out;
    private final Set<String> shown = new HashSet<>();
    private final Map<String, Integer> ofHost = new HashMap<>();

    EngineDisplay(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void connected(BoxInfo box) {
        shown.removeIf(key -> key.startsWith(box.name() + '\n'));
        ofHost.remove(box.remote().getHostString());
        print("box " + box.name() + " connected from " + address(box.remote()));
    }

    @Override
    public void left(BoxInfo box, String why) {
        print("box " + box.name() + " left: " + why);
    }

    @Override
    public void refused(InetSocketAddress remote, String box, Refuse why) {
        String host = remote.getHostString();
        if (shown.size() < MOST_REMEMBERED
                && shown.add((box.isEmpty() ? host : box) + '\n' + why.reason())
                && ofHost.merge(host, 1, Integer::sum) <= MOST_OF_A_HOST) {
            print("refused " + (box.isEmpty() ? "a client" : "box " + box) + " at " + address(remote) + ": "
                    + why.reason() + ", " + why.text());
        }
    }

    /** With the port, and an IPv6 address in brackets. */
    static String address(InetSocketAddress at) {
        String host = at.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
