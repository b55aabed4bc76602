package org.matgate.gateway.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.LinkOpeners;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.link.TcpPeers;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
import org.matgate.gateway.status.Line;

/** Whether the readers' ports are there and free: what somebody else reads from is not touched. */
final class PortLines {
    /** In this time a reader's loop, too, gives up a name that nobody knows; a broken network takes minutes. */
    private static final long NAME_SECONDS = 6;

    private static final String HELD_BY = "held_by";

    /** The service has the readers, and is not to be ended for a check. */
    private static final String MAYBE_SERVICE =
            "left alone: if that is the service, it runs with another data than this file says, and goes on reading: put"
                    + " data back, or name the file that it runs by, and check again; any other program: end it";

    private PortLines() {}

    /** The line of a reader's port; empty for one on the network that nobody on this machine is connected to. */
    static Optional<Line> of(Config.Reader reader, PortSearch machine) throws InterruptedException {
        return switch (reader.link()) {
            case Config.Link.Serial serial -> Optional.of(serial(reader, serial, machine));
            case Config.Link.Tcp tcp -> tcp(reader, tcp, machine.proc());
        };
    }

    /** Whether some program has what this line is about. */
    static boolean held(Line line) {
        return line.facts().text(HELD_BY).filter(holder -> !holder.isEmpty()).isPresent();
    }

    private static Line serial(Config.Reader reader, Config.Link.Serial serial, PortSearch machine) {
        Path path = serial.port();
        PortSearch.Port port = machine.named(List.of(path)).getFirst();
        boolean there = Files.exists(path);
        boolean held = !port.holders().isEmpty();
        boolean ours = port.holders().stream().anyMatch(holder -> holder.startsWith("matgate "));
        String about = port.adapter().isEmpty() ? "" : " (" + port.adapter() + ")";
        String state = held ? ", HELD by " + String.join(", ", port.holders()) : ", free";
        return new Findings()
                .fail(!there, "plug the reader in, or correct port: " + machine.describe())
                .fail(there && ours, MAYBE_SERVICE)
                .fail(there && held && !ours, "end that program: a serial port has one user only")
                .line(
                        "port",
                        reader.source().reader(),
                        path + about + (there ? state : ", NOT THERE"),
                        facts(path.toString(), port.device().toString(), port.adapter(), there)
                                .with(HELD_BY, String.join(", ", port.holders())));
    }

    private static Optional<Line> tcp(Config.Reader reader, Config.Link.Tcp tcp, Path proc)
            throws InterruptedException {
        FutureTask<Boolean> look = new FutureTask<>(() -> connected(tcp, proc));
        Thread.ofPlatform().daemon().name("look-" + tcp.host()).start(look);
        String address = LinkOpeners.of(tcp).toString();
        String name = reader.source().reader();
        try {
            String holder = "a program on this machine";
            return look.get(NAME_SECONDS, TimeUnit.SECONDS)
                    ? Optional.of(new Findings()
                            .fail(true, MAYBE_SERVICE)
                            .line(
                                    "port",
                                    name,
                                    address + ", HELD by " + holder,
                                    facts(address, "", "", true).with(HELD_BY, holder)))
                    : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(new Findings()
                    .fail(true, "check the name, or use the reader's IP address; then check again")
                    .line(
                            "port",
                            name,
                            address + ", its name was NOT FOUND within " + NAME_SECONDS + " s",
                            facts(address, "", "", false).with(HELD_BY, "")));
        } catch (ExecutionException e) {
            // No such name: the reader's own line says so.
            return Optional.empty();
        }
    }

    private static boolean connected(Config.Link.Tcp tcp, Path proc) throws UnknownHostException {
        return Stream.of(InetAddress.getAllByName(tcp.host()))
                .anyMatch(address -> TcpPeers.connected(proc, address, tcp.port()));
    }

    private static Facts facts(String port, String device, String adapter, boolean present) {
        return Facts.NONE
                .with("port", port)
                .with("device", device)
                .with("adapter", adapter)
                .with("present", present);
    }
}
