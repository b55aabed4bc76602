package org.matgate.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.config.Config;

/** What a person writes behind {@code --net}. */
final class NetTarget {
    private NetTarget() {}

    /**
     * The ports to try: the one that is named, else these.
     *
     * @return empty if the text is neither {@code HOST} nor {@code HOST:PORT}
     */
    static Optional<List<Config.Link.Tcp>> parse(String text, List<Integer> usualPorts) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        if (bracketed && text.indexOf(']') < 2) {
            return Optional.empty();
        }
        boolean v6 = !bracketed && colon != text.indexOf(':');
        boolean hasPort = colon >= 0 && !v6 && (!bracketed || text.charAt(colon - 1) == ']');
        String host = hasPort ? text.substring(0, colon) : text;
        if (bracketed) {
            if (!host.endsWith("]")) {
                return Optional.empty();
            }
            host = host.substring(1, host.length() - 1);
        }
        if (host.isBlank()) {
            return Optional.empty();
        }
        if (!hasPort) {
            List<Config.Link.Tcp> all = new ArrayList<>();
            for (int port : usualPorts) {
                all.add(new Config.Link.Tcp(host, port));
            }
            return Optional.of(all);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return port >= 1 && port <= 65_535
                    ? Optional.of(List.of(new Config.Link.Tcp(host, port)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As it is written in a configuration file. */
    static String text(Config.Link.Tcp address) {
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        return host + ":" + address.port();
    }
}
