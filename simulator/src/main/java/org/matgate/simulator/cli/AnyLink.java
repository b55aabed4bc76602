package org.matgate.simulator.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.link.SerialPortLink;
import org.matgate.simulator.link.TcpLink;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the line of a reader ends that may be serial or on TCP. */
final class AnyLink {
    /** One of them. */
    static final class Where {
        @Option(names = "--pty", required = true, description = "A pseudo-terminal that it opens itself.")
        private boolean pty;

        @Option(names = "--port", required = true, paramLabel = "DEVICE", description = "A serial port: /dev/ttyUSB0.")
        private Optional<String> port = Optional.empty();

        @Option(
                names = "--tcp",
                required = true,
                paramLabel = "PORT",
                description = "Port to listen on; 0 takes a free one.")
        private Optional<Integer> tcp = Optional.empty();
    }

    @ArgGroup(multiplicity = "1")
    private Where where = new Where();

    @Option(
            names = "--link",
            paramLabel = "PATH",
            description = "With --pty: a symbolic link to it, for a stable name.")
    private Optional<Path> link = Optional.empty();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "With --tcp: address to listen on: ${DEFAULT-VALUE}.")
    private String bind = "127.0.0.1";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Refuses what cannot be. */
    void check() {
        if (!where.pty && link.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--link goes with --pty only");
        }
        int port = where.tcp.orElse(0);
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--tcp " + port + ": want 0 to 65535");
        }
    }

    /** Whether it has a rate of its own. */
    boolean serial() {
        return where.tcp.isEmpty();
    }

    ReaderEnd open(int baud) throws IOException {
        if (where.port.isPresent()) {
            return SerialPortLink.open(where.port.get(), baud);
        }
        if (where.tcp.isEmpty()) {
            return Pty.open(link);
        }
        try {
            return TcpLink.listen(new InetSocketAddress(InetAddress.getByName(bind), where.tcp.get()));
        } catch (UnknownHostException e) {
            throw new IOException("--bind " + bind + ": there is no such address here", e);
        }
    }
}
