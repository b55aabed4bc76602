package org.matgate.protocol.receiver;

import java.net.InetSocketAddress;
import org.matgate.protocol.stream.StreamMessage.Hello;

/**
 * A box that was let in.
 *
 * @param remote where it connects from
 * @param hello what it said of itself
 */
public record BoxInfo(InetSocketAddress remote, Hello hello) {
    /** The box's name. */
    public String name() {
        return hello.box();
    }
}
