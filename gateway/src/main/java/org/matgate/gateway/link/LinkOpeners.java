package org.matgate.gateway.link;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
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

    /** Where the native library for serial ports is kept, so that a start needs no room for it. Before the first opening. */
    public static void keepLibraryIn(Path directory) {
        JsscLibrary.keepIn(directory);
    }

    /** Whether an opening failed because the host, which is there, has nobody who listens. */
    public static boolean refused(IOException failure) {
        return failure.getCause() instanceof ConnectException;
    }
}
