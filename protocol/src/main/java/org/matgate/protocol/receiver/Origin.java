package org.matgate.protocol.receiver;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Where a client comes from, as far as bounds go: its address, or the /64 of IPv6 that one machine may have for itself. */
record Origin(ByteBuffer address) {
    private static final int NET_BYTES = 8;

    static Origin of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return new Origin(address instanceof Inet6Address ? bytes.slice(0, NET_BYTES) : bytes);
    }
}
