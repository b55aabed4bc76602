package org.matgate.gateway.link;

import org.matgate.gateway.config.Config;

/** Finds the way to open what the configuration names. */
public final class LinkOpeners {
    private LinkOpeners() {}

    /** Opens links of this kind. */
    public static ReaderLink.Opener of(Config.Link link) {
        return switch (link) {
            case Config.Link.Serial serial -> new SerialOpener(serial.port(), serial.baud());
            case Config.Link.Tcp tcp -> new TcpOpener(tcp.host(), tcp.port());
        };
    }
}
