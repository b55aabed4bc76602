package org.matgate.simulator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.reader.ChafonOptions;
import org.matgate.simulator.reader.LlrpOptions;
import org.matgate.simulator.reader.MercuryOptions;
import org.matgate.simulator.reader.R2000Options;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireDamage;

/** Mats, a box and an engine on this machine. Not thread-safe. */
final class Rig implements AutoCloseable {
    /** Fast enough for 300 reads a second, each of some 50 bytes. */
    private static final int MERCURY_BAUD = 230_400;

    private static final double READING_SECONDS = 60;
    private static final double DELIVERY_SECONDS = 120;

    /** So long nothing comes any more, then all is there. */
    private static final long QUIET_MILLIS = 200;

    private final Ground ground;
    private final Path directory;
    private final SentReads sent = new SentReads();
    private final List<SimulatedMat> mats = new ArrayList<>();
    private final BoxConfig config = BoxConfig.named("bench");
    private final BenchEngine engine;
    private DistinctReads playing = new DistinctReads(1, 0, 0);
    private @Nullable Path configFile;
    private @Nullable BoxRun box;

    /** Starts an engine; mats and box are to follow. */
    Rig(Ground ground, String name) throws IOException {
        this(ground, name, ground.directory());
    }

    /** @param engines where the engine keeps its store, in a directory of this name */
    Rig(Ground ground, String name, Path engines) throws IOException {
        this.ground = ground;
        this.directory = Files.createDirectories(ground.directory().resolve(name));
        Path store = Files.createDirectories(engines.resolve(name));
        this.engine = BenchEngine.start(store.resolve("engine.db"), ground.clock());
    }

    BenchEngine engine() {
        return engine;
    }

    BoxConfig config() {
        return config;
    }

    Path directory() {
        return directory;
    }

    SentReads sent() {
        return sent;
    }

    BoxRun box() {
        BoxRun running = box;
        if (running == null) {
            throw new IllegalStateException("the box was not started");
        }
        return running;
    }

    /** A reader on TCP. */
    void llrp() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SimClock clock = ground.clock();
        TcpLink link = TcpLink.listenForOne(any, LlrpOptions.DEFAULT.refusal(clock));
        String name = name();
        mats.add(SimulatedMat.llrp(name, link, clock, sent, WireDamage.NONE, LlrpOptions.DEFAULT));
        config.reader(name, "llrp", "address", link.address()).line("antennas = [1, 2, 3, 4]");
    }

    /** A reader on a pseudo-terminal that streams. */
    void mercury() throws IOException {
        Pty port = pty();
        MercuryOptions options = MercuryOptions.DEFAULT.withBaud(MERCURY_BAUD);
        mats.add(SimulatedMat.mercury(name(), port, ground.clock(), sent, WireDamage.NONE, options));
        serial("mercury", port, MERCURY_BAUD);
    }

    /** A reader on a pseudo-terminal that is asked round after round. */
    void r2000() throws IOException {
        Pty port = pty();
        R2000Options options = R2000Options.DEFAULT;
        mats.add(SimulatedMat.r2000(name(), port, ground.clock(), sent, WireDamage.NONE, options));
        serial("r2000", port, options.baud());
    }

    /** Another such. */
    void chafon() throws IOException {
        Pty port = pty();
        ChafonOptions options = ChafonOptions.DEFAULT;
        mats.add(SimulatedMat.chafon(name(), port, ground.clock(), sent, WireDamage.NONE, options));
        serial("chafon", port, options.baud());
    }

    private Pty pty() throws IOException {
        return Pty.open(Optional.of(directory.resolve("tty-" + mats.size())));
    }

    private void serial(String family, Pty port, int baud) {
        config.reader("mat-" + mats.size(), family, "port", port.address())
                .line("baud = " + baud)
                .line("antennas = [1, 2, 3, 4]");
    }

    private String name() {
        return "mat-" + (mats.size() + 1);
    }

    /** Writes the box's configuration, with this engine. */
    Path configure() throws IOException {
        return configure(engine.address());
    }

    /** Writes the box's configuration, with an engine that is met at this address. */
    Path configure(String engineAddress) throws IOException {
        Path written = config.engine(engineAddress).write(directory);
        configFile = written;
        return written;
    }

    /** Starts the box, and waits until it reads every mat. */
    void start() throws IOException, InterruptedException {
        Path written = configFile == null ? configure() : configFile;
        BoxRun started = BoxRun.start(ground.matgate(), written, ground.clock());
        box = started;
        if (!BenchEngine.await(() -> mats.stream().allMatch(SimulatedMat::reading), READING_SECONDS)) {
            throw new IOException("the box does not read all mats:\n" + String.join("\n", started.said()));
        }
        if (!BenchEngine.await(() -> engine.stored() > 0, READING_SECONDS)) {
            throw new IOException("the box does not deliver:\n" + String.join("\n", started.said()));
        }
    }

    /** Ends the box in order. */
    void stop() {
        BoxRun running = box;
        box = null;
        if (running != null) {
            running.close();
        }
    }

    /** Now, CLOCK_MONOTONIC. */
    long now() {
        return ground.clock().monotonicNanos();
    }

    /** Lets the first mat see reads; returns at once. */
    void play(double perSecond, double seconds) {
        DistinctReads reads = new DistinctReads(perSecond, now(), now() + Math.round(seconds * 1e9));
        playing = reads;
        mats.getFirst().play(reads);
    }

    /** What is played ends now. */
    void stopPlaying() {
        playing.end();
    }

    /** Waits until all that was played has been sent, and the engine gets nothing more for a moment. */
    void settle() throws InterruptedException, IOException {
        boolean gone = BenchEngine.await(() -> mats.stream().allMatch(SimulatedMat::idle), DELIVERY_SECONDS);
        if (!gone) {
            throw new IOException("the mats have not said all that they saw:\n" + String.join("\n", box().said()));
        }
        long before = -1;
        long now = engine.stored();
        while (before != now) {
            before = now;
            Thread.sleep(QUIET_MILLIS);
            now = engine.stored();
        }
    }

    /** Plays, and gives the delays from the last byte to the acknowledgement. */
    Histogram measure(double perSecond, double seconds) throws InterruptedException, IOException, SQLException {
        long fromSeq = engine.lastSeq() + 1;
        sent.forget(now());
        long before = sent.count();
        play(perSecond, seconds);
        settle();
        Histogram delays = engine.delays(fromSeq, sent, Long.MAX_VALUE);
        for (long began = now(); delays.getTotalCount() < sent.count() - before; ) {
            if (now() - began > DELIVERY_SECONDS * 1e9) {
                throw new IOException(sent.count() - before + " reads were sent and " + delays.getTotalCount()
                        + " are held by the engine:\n" + String.join("\n", box().said()));
            }
            settle();
            delays = engine.delays(fromSeq, sent, Long.MAX_VALUE);
        }
        return delays;
    }

    @Override
    public void close() throws IOException {
        stop();
        mats.forEach(SimulatedMat::close);
        engine.close();
    }
}
