package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.Cable;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.ChafonOptions;
import org.matgate.simulator.reader.IpicoOptions;
import org.matgate.simulator.reader.LlrpOptions;
import org.matgate.simulator.reader.MercuryOptions;
import org.matgate.simulator.reader.R2000Options;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireDamage;
import org.matgate.simulator.reader.WireLog;

/**
 * Makes a race's readers, each on a link of its own.
 *
 * @param speed seconds of the race a second at most
 * @param directory where the links to serial devices are put
 * @param cables where those are put that are to be pulled, by mat
 */
record MatMaker(Scenario scenario, double speed, Path directory, Map<String, Cable> cables) {
    /** Where nothing paces a line: so fast that a byte's time on the wire is of no account to a box that reckons with it. */
    static final int UNPACED_BAUD = 4_000_000;

    private int lineBaud(Mat mat) {
        return speed > 1 ? UNPACED_BAUD : mat.baud().orElse(mat.family().usualBaud());
    }

    SimulatedMat make(Mat mat, SimClock clock, WireLog truth, WireDamage noise) throws IOException {
        ReaderEnd end = end(mat, clock);
        return switch (mat.family()) {
            case MERCURY ->
                SimulatedMat.mercury(
                        mat.name(),
                        end,
                        clock,
                        truth,
                        noise,
                        MercuryOptions.DEFAULT
                                .withPorts(mat.ports())
                                .withBaud(lineBaud(mat))
                                .withDriftPpm(mat.clock().driftPpm()));
            case IPICO ->
                SimulatedMat.ipico(
                        mat.name(),
                        end,
                        clock,
                        truth,
                        noise,
                        IpicoOptions.DEFAULT
                                .withBaud(lineBaud(mat))
                                .withClockOffsetNanos(mat.clock().offsetNanos())
                                .withDriftPpm(mat.clock().driftPpm()));
            case R2000 ->
                SimulatedMat.r2000(
                        mat.name(),
                        end,
                        clock,
                        truth,
                        noise,
                        R2000Options.DEFAULT.withPorts(mat.ports()).withBaud(lineBaud(mat)));
            case CHAFON ->
                SimulatedMat.chafon(
                        mat.name(),
                        end,
                        clock,
                        truth,
                        noise,
                        ChafonOptions.DEFAULT
                                .withPorts(mat.ports())
                                // What it sees until it is asked comes in less time, and is not to be lost for that.
                                .withBufferedReads((int) Math.ceil(ChafonOptions.DEFAULT.bufferedReads() * speed))
                                .withBaud(lineBaud(mat)));
            case LLRP -> SimulatedMat.llrp(mat.name(), end, clock, truth, noise, llrp(mat));
        };
    }

    private static LlrpOptions llrp(Mat mat) {
        return LlrpOptions.DEFAULT
                .withAntennas(mat.ports())
                .withClockOffsetNanos(mat.clock().offsetNanos())
                .withDriftPpm(mat.clock().driftPpm());
    }

    private ReaderEnd end(Mat mat, SimClock clock) throws IOException {
        boolean pulled = scenario.faults().stream().anyMatch(fault -> switch (fault) {
            case Fault.Unplugged unplugged -> unplugged.mat().equals(mat.name());
            case Fault.Reboot reboot -> mat.onNetwork() && reboot.mat().equals(mat.name());
            default -> false;
        });
        return switch (mat.connection()) {
            case SERIAL -> {
                // A pseudo-terminal gets another name each time: after a pulled cable, and after a kill, as one that a
                // killed process held exclusively opens for nobody but root.
                Optional<Path> link = Optional.of(directory.resolve("tty-" + mat.name()));
                yield pulled ? cable(mat, () -> Pty.open(link)) : Pty.open(link);
            }
            case TCP -> {
                TcpLink first = listen(mat, loopback(0), clock);
                if (!pulled) {
                    yield first;
                }
                InetSocketAddress address = loopback(first.port());
                // Not let go before the cable is pulled: another program could take the port.
                Deque<TcpLink> plugged = new ArrayDeque<>(List.of(first));
                yield cable(mat, () -> plugged.isEmpty() ? listen(mat, address, clock) : plugged.remove());
            }
        };
    }

    private static TcpLink listen(Mat mat, InetSocketAddress address, SimClock clock) throws IOException {
        return mat.family() == Mat.Family.LLRP
                ? TcpLink.listenForOne(address, llrp(mat).refusal(clock))
                : TcpLink.listen(address);
    }

    private Cable cable(Mat mat, Cable.Plug plug) throws IOException {
        Cable cable = new Cable(plug);
        cables.put(mat.name(), cable);
        return cable;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
