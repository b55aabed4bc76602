package org.matgate.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.Counters;
import org.matgate.protocol.receiver.EngineKey;
import org.matgate.protocol.receiver.TokenBook;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.engine.EnrolledBoxes;
import org.matgate.simulator.engine.EnrolledWatch;
import org.matgate.simulator.engine.NativeLibrary;
import org.matgate.simulator.engine.ResendOrders;
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
            "Without enrolled boxes it speaks plain TCP and lets everybody in. Once a box was enrolled for its file, it"
                    + " speaks TLS, and lets in whom it knows.",
            "Prints READY and its address on standard output, then who comes and goes; the view 'read' of the file"
                    + " shows what was stored."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            EngineEnrollCommand.class,
            EngineRevokeCommand.class,
            EngineBoxesCommand.class,
            EngineResendCommand.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:stopped in order", " 1:could not start or stop", " 2:wrong call"})
public final class EngineCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(EngineCommand.class);

    private static final long STATISTICS_MILLIS = 2_000;

    /** How often the enrolled boxes are looked at: a revoked one is to be gone at once. */
    private static final long LOOK_MILLIS = 250;

    /** A store that is busy for longer is not waited for. */
    private static final long RESEND_MILLIS = 5_000;

    @Option(names = "--port", paramLabel = "PORT", description = "Default ${DEFAULT-VALUE}; 0 takes a free one.")
    private int port = 7300;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Default ${DEFAULT-VALUE}.")
    private String bind = "127.0.0.1";

    @Option(names = "--db", paramLabel = "FILE", description = "Where to store. Default ${DEFAULT-VALUE}.")
    private Path file = Path.of("matsim-engine.db");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "What a box must bring. Default: any box is let in. Not where boxes are enrolled, each with its own.")
    private String token = "";

    @Option(
            names = "--insecure",
            description =
                    "Allow an address that other machines reach, though no box is enrolled and nothing encrypted.")
    private boolean insecure;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = UtcOption.class,
            description = "Boxes keep what is older for themselves; with its zone: 2026-05-10T09:00:00+02:00. Default:"
                    + " everything is wanted.")
    private long sinceUtcNanos;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            InetAddress address = InetAddress.getByName(bind);
            if (port < 0 || port > 65_535) {
                return refuse("port " + port + "; want 0 to 65535");
            }
            boolean elsewhere = !address.isLoopbackAddress();
            // Before the file is made, and again below with it.
            if (elsewhere && !insecure && !Files.exists(file)) {
                return refuse(exposed());
            }
            NativeLibrary.load();
            try (EnrolledBoxes boxes = EnrolledBoxes.open(file)) {
                boolean enrolled = !boxes.all().isEmpty();
                if (elsewhere && !insecure && !enrolled) {
                    return refuse(exposed());
                }
                if (enrolled && !token.isEmpty()) {
                    return refuse(
                            "boxes are enrolled in " + file + ", each with a token of its own; leave out --token");
                }
                Optional<EngineKey> key =
                        enrolled ? Optional.of(EngineKey.load(EnrolledBoxes.keyFile(file))) : Optional.empty();
                TokenBook book = new TokenBook();
                book.set(boxes.hashes());
                SimulatedEngine engine = SimulatedEngine.start(
                        file,
                        new InetSocketAddress(address, port),
                        key,
                        enrolled ? book : token.isEmpty() ? Admission.everyone() : Admission.token(token),
                        new EngineDisplay(out),
                        SimClock.system(),
                        0,
                        sinceUtcNanos);
                try (ResendOrders orders = ResendOrders.open(file)) {
                    serve(engine, out, key, elsewhere, enrolled ? boxes : null, book, orders);
                }
            }
        } catch (UnknownHostException e) {
            return refuse("--bind " + bind + " is no address of this machine");
        } catch (NoSuchFileException e) {
            spec.commandLine()
                    .getErr()
                    .println("matsim engine: the key that boxes know this engine by is missing: " + e.getMessage()
                            + "; put it back, or enroll every box again, which makes a new one");
            return 1;
        } catch (IOException e) {
            spec.commandLine().getErr().println("matsim engine: " + e.getMessage());
            return 1;
        }
        return 0;
    }

    private String exposed() {
        return "other machines reach " + bind + " and the stream is not encrypted: tokens and reads could be seen and"
                + " forged; enroll a box (matsim engine enroll), or add --insecure if that is meant";
    }

    private void serve(
            SimulatedEngine engine,
            PrintWriter out,
            Optional<EngineKey> key,
            boolean elsewhere,
            @Nullable EnrolledBoxes boxes,
            TokenBook book,
            ResendOrders orders)
            throws IOException, InterruptedException {
        CountDownLatch stopping = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.countDown();
                            stop(engine, out);
                        },
                        "stop"));
        print(
                out,
                "READY " + EngineDisplay.address(engine.address())
                        + key.map(own -> " TLS, pin " + own.pin()).orElse(elsewhere ? " INSECURE" : ""));
        String shown = statistics(engine.counters());
        @Nullable EnrolledWatch watch = boxes == null ? null : new EnrolledWatch(boxes, book);
        for (long waited = LOOK_MILLIS; !stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS); waited += LOOK_MILLIS) {
            if (watch != null && watch.look()) {
                engine.server().recheck().join();
            }
            Optional<ResendOrders.Waiting> waiting = orders.next();
            if (waiting.isPresent()) {
                orders.answer(
                        waiting.get().number(), resend(engine, waiting.get().order()));
            }
            String now = statistics(engine.counters());
            if (waited >= STATISTICS_MILLIS && !now.equals(shown)) {
                print(out, now);
                shown = now;
                waited = 0;
            }
        }
        // The shutdown hook ends the process.
        new CountDownLatch(1).await();
    }

    private static String resend(SimulatedEngine engine, ResendOrders.Order order) throws InterruptedException {
        try {
            CompletableFuture<SeqRanges> asked = order.byTime()
                    ? engine.server().resend(order.journal(), order.first(), order.last())
                    : engine.server().resend(order.journal(), SeqRanges.of(order.first(), order.last()));
            return EngineResendCommand.ASKED + asked.get(RESEND_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            return "not asked: " + cause.getMessage();
        }
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("matsim engine: " + why);
        return 2;
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
}
