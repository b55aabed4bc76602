package org.matgate.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.BoxInfo;
import org.matgate.protocol.receiver.Counters;
import org.matgate.protocol.receiver.SessionListener;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.engine.NativeLibrary;
import org.matgate.simulator.engine.SimulatedEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matsim engine}: a results engine, until SIGTERM or Ctrl-C. */
@Command(
        name = "engine",
        description = {
            "A small real results engine: stores what boxes send in a SQLite file, each event exactly once.",
            "Prints READY and its address on standard output, then who comes and goes; the view 'read' of the file"
                    + " shows what was stored."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:stopped in order", " 1:could not start or stop", " 2:wrong call"})
public final class EngineCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(EngineCommand.class);

    private static final long STATISTICS_SECONDS = 2;

    @Option(names = "--port", paramLabel = "PORT", description = "Default ${DEFAULT-VALUE}; 0 takes a free one.")
    private int port = 7300;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Default ${DEFAULT-VALUE}.")
    private String bind = "127.0.0.1";

    @Option(names = "--db", paramLabel = "FILE", description = "Where to store. Default ${DEFAULT-VALUE}.")
    private Path file = Path.of("matsim-engine.db");

    @Option(names = "--token", paramLabel = "TOKEN", description = "What a box must bring. Default: any box is let in.")
    private String token = "";

    @Option(
            names = "--insecure",
            description = "Allow an address that other machines reach, though nothing is encrypted.")
    private boolean insecure;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        SimulatedEngine engine;
        try {
            InetAddress address = InetAddress.getByName(bind);
            if (!address.isLoopbackAddress() && !insecure) {
                return refuse(
                        "other machines reach " + bind + " and the stream is not encrypted: tokens and reads could"
                                + " be seen and forged; add --insecure if that is meant");
            }
            if (port < 0 || port > 65_535) {
                return refuse("port " + port + "; want 0 to 65535");
            }
            NativeLibrary.unpackInOwnDirectory();
            engine = SimulatedEngine.start(
                    file,
                    new InetSocketAddress(address, port),
                    token.isEmpty() ? Admission.everyone() : Admission.token(token),
                    new Display(out),
                    SimClock.system(),
                    0);
        } catch (UnknownHostException e) {
            return refuse("--bind " + bind + " is no address of this machine");
        } catch (IOException e) {
            spec.commandLine().getErr().println("matsim engine: " + e.getMessage());
            return 1;
        }
        CountDownLatch stopping = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.countDown();
                            stop(engine, out);
                        },
                        "stop"));
        print(out, "READY " + bind(engine.address()));
        showStatistics(engine, out, stopping);
        // The shutdown hook ends the process.
        new CountDownLatch(1).await();
        return 0;
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("matsim engine: " + why);
        return 2;
    }

    private static String bind(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Until the end: one line whenever something has changed. */
    private static void showStatistics(SimulatedEngine engine, PrintWriter out, CountDownLatch stopping)
            throws InterruptedException {
        String shown = statistics(engine.counters());
        while (!stopping.await(STATISTICS_SECONDS, TimeUnit.SECONDS)) {
            String now = statistics(engine.counters());
            if (!now.equals(shown)) {
                print(out, now);
                shown = now;
            }
        }
    }

    private static String statistics(Counters counters) {
        long refused =
                counters.refusals().values().stream().mapToLong(Long::longValue).sum();
        return "boxes=" + counters.boxes() + " received=" + counters.stored() + " again=" + counters.duplicates()
                + " refused=" + refused + " store_failures=" + counters.storeFailures();
    }

    /** The virtual machine would answer SIGTERM with exit code 143; a stop in order is 0. */
    private static void stop(SimulatedEngine engine, PrintWriter out) {
        int exit = 1;
        try {
            engine.server().close();
            long stored = engine.store().size();
            engine.close();
            NativeLibrary.delete();
            print(out, "stored=" + stored);
            exit = 0;
        } catch (IOException | RuntimeException e) {
            log.error("stopping failed", e);
        } finally {
            Runtime.getRuntime().halt(exit);
        }
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    /** Shows who comes and goes; what repeats is left to the statistics. On the server's event loop. */
    private static final class Display implements SessionListener {
        private static final int MOST_REMEMBERED = 1000;

        private final PrintWriter out;
        private final Set<String> shown = new HashSet<>();

        private Display(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void connected(BoxInfo box) {
            shown.removeIf(key -> key.startsWith(box.name() + '\n'));
            print(out, "box " + box.name() + " connected from " + bind(box.remote()));
        }

        @Override
        public void left(BoxInfo box, String why) {
            print(out, "box " + box.name() + " left: " + why);
        }

        @Override
        public void refused(InetSocketAddress remote, String box, Refuse why) {
            String who = box.isEmpty() ? remote.getHostString() : box;
            if (shown.size() >= MOST_REMEMBERED) {
                shown.clear();
            }
            if (shown.add(who + '\n' + why.reason())) {
                print(
                        out,
                        "refused " + (box.isEmpty() ? "a client" : "box " + box) + " at " + bind(remote) + ": "
                                + why.reason() + ", " + why.text());
            }
        }
    }
}
