package org.matgate.gateway.config;

/** Tells addresses of this machine from others by how they are written; asks no name server. */
final class Loopback {
    private Loopback() {}

    /** Whether this is {@code localhost}, {@code ::1} or an address in 127.0.0.0/8. */
    static boolean names(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("0:0:0:0:0:0:0:1")
                || host.matches("127(\\.\\d{1,3}){3}");
    }
}
