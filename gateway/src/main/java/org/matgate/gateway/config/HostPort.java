package org.matgate.gateway.config;

import java.util.Optional;
import java.util.OptionalInt;

/** A host and one of its ports. */
record HostPort(String host, int port) {
    /**
     * The value of {@code address}: {@code host:port}, {@code [v6]:port}, or without the port where there is a usual one.
     *
     * @return empty if there is none, or none that can be used, which is then told
     */
    static Optional<HostPort> in(StrictTable table, String example, OptionalInt usualPort) {
        return table.string("address", example).flatMap(text -> {
            Optional<HostPort> address = of(text, usualPort);
            if (address.isEmpty()) {
                table.problem(
                        "address", "\"" + text + "\" is no host:port; want something such as \"" + example + "\"");
            }
            return address;
        });
    }

    private static Optional<HostPort> of(String text, OptionalInt usualPort) {
        boolean bracketed = text.startsWith("[");
        int hostEnd = bracketed ? text.indexOf(']') + 1 : text.lastIndexOf(':');
        if (usualPort.isPresent() && (bracketed ? hostEnd == text.length() : hostEnd < 0)) {
            hostEnd = text.length();
        } else if (hostEnd < 1 || hostEnd >= text.length() || text.charAt(hostEnd) != ':') {
            return Optional.empty();
        }
        String host = bracketed ? text.substring(1, hostEnd - 1) : text.substring(0, hostEnd);
        if (host.isBlank() || (!bracketed && host.indexOf(':') >= 0)) {
            return Optional.empty();
        }
        if (hostEnd == text.length()) {
            return Optional.of(new HostPort(host, usualPort.orElseThrow()));
        }
        try {
            int port = Integer.parseInt(text.substring(hostEnd + 1));
            return port >= 1 && port <= 65_535 ? Optional.of(new HostPort(host, port)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
