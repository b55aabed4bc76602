package org.matgate.gateway.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.BoxClocks;
import org.matgate.gateway.clock.Chrony;
import org.matgate.gateway.clock.ClockWatch;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.gpio.PinCheck;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.status.BoxLine;
import org.matgate.gateway.status.ClockLine;
import org.matgate.gateway.status.EngineLine;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
import org.matgate.gateway.status.Line;
import org.matgate.gateway.status.Report;
import org.matgate.gateway.status.StatusClient;
import org.matgate.gateway.uplink.EngineCheck;
import org.matgate.gateway.uplink.UplinkIdentity;

/**
 * Looks at everything before a race. Where the service runs already it holds the readers and is the one to tell of them;
 * else this does for a while what the service does, with the same drivers, and writes nothing into the journal.
 */
public final class Check {
    private static final String SERVICE = "service";

    /**
     * What to check.
     *
     * @param file where the configuration is, for the texts
     * @param software name and version
     * @param testReadSeconds how long the crew may take to wave a chip; 0 for no test
     */
    public record Task(Path file, Config config, String software, PortSearch machine, int testReadSeconds) {}

    private final Task task;
    private final Config config;
    private final Listener listener;
    private final List<Line> lines = new ArrayList<>();

    private Check(Task task, Listener listener) {
        this.task = task;
        this.config = task.config();
        this.listener = listener;
    }

    /**
     * Checks, within a bounded time.
     *
     * @param listener is told each line as soon as it is known
     * @return all lines
     */
    public static Report run(Task task, Listener listener) throws InterruptedException {
        Check check = new Check(task, listener);
        check.run();
        return new Report(check.lines);
    }

    private void add(Line line) {
        lines.add(line);
        listener.line(line);
    }

    private void run() throws InterruptedException {
        BoxClock clock;
        try {
            clock = BoxClocks.open(config.simulation().clock());
        } catch (IOException e) {
            add(config(Optional.empty()));
            add(new Findings()
                    .fail(true, "put that right first; nothing else was looked at")
                    .line("clock", "", String.valueOf(e.getMessage()), Facts.NONE));
            return;
        }
        switch (StatusClient.ask(config.box().data())) {
            case StatusClient.Said said -> {
                add(config(Optional.of(said.report())));
                add(DiskCheck.of(config.box().data(), clock));
                running(said.report());
            }
            case StatusClient.NoService none -> {
                add(config(Optional.empty()));
                add(DiskCheck.of(config.box().data(), clock));
                offline(none, clock);
            }
            case StatusClient.NoAnswer mute -> {
                add(config(Optional.empty()));
                add(DiskCheck.of(config.box().data(), clock));
                handsOff(mute.why(), "put that right, or stop the service and check again");
            }
        }
    }

    private Line config(Optional<Report> service) {
        int readers = config.readers().size();
        int engines = config.engines().size();
        List<String> changed =
                service.map(report -> Differences.of(config, report)).orElse(List.of());
        Facts facts = Facts.NONE
                .with("file", task.file().toString())
                .with("readers", readers)
                .with("engines", engines)
                .with("simulated", config.simulation().enabled());
        return new Findings()
                .warn(config.simulation().enabled(), BoxLine.SIMULATED)
                .warn(!changed.isEmpty(), String.join("; ", changed) + "; sudo systemctl restart matgate")
                .line(
                        "config",
                        config.box().name(),
                        task.file() + ": " + readers + (readers == 1 ? " reader, " : " readers, ") + engines
                                + (engines == 1 ? " engine" : " engines")
                                + (config.simulation().enabled() ? ", SIMULATED" : ""),
                        facts);
    }

    private void running(Report service) {
        add(Line.ok(
                SERVICE,
                "",
                "runs and holds the readers, so it tells of them"
                        + (task.testReadSeconds() > 0
                                ? "; for a test read wave a chip and look at `matgate status --watch`"
                                : ""),
                Facts.NONE.with("answers", true)));
        service.lines().forEach(this::add);
    }

    private void handsOff(String why, String todo) {
        add(new Findings()
                .fail(true, todo + "; readers and engines were not looked at")
                .line(SERVICE, "", why, Facts.NONE.with("answers", false)));
    }

    private void offline(StatusClient.NoService none, BoxClock clock) throws InterruptedException {
        Optional<String> holder = Journal.holder(config.box().data());
        if (holder.isPresent()) {
            handsOff(
                    holder.get() + " runs on " + config.box().data() + " and cannot be asked how it stands",
                    "look at its log, or stop it and check again");
            return;
        }
        if (none.killed()) {
            // Readers may have kept reads for it, which they give once only.
            handsOff(
                    none.why(),
                    "start it again first: it takes what the readers have kept for it, which a check would take away;"
                            + " then check");
            return;
        }
        boolean held;
        // Nothing is kept of the pieces: they would go to the journal.
        try (ClockWatch watch = ClockWatch.start(clock, Chrony.of(clock), List.of(), piece -> true);
                ExecutorService others = Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().factory())) {
            add(ClockLine.of(watch.stamp(clock.monotonicNanos(), 0), watch.status()));
            List<Future<Line>> engines = config.engines().stream()
                    .map(engine -> others.submit(() -> engine(engine, clock, watch)))
                    .toList();
            PinCheck.lines(config).forEach(this::add);
            held = readers(clock, watch);
            for (Future<Line> engine : engines) {
                listener.progress("asking the engines");
                add(engine.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an engine's check failed", e.getCause());
        }
        if (config.engines().isEmpty()) {
            add(EngineLine.none());
        }
        add(absent(held));
    }

    private Line absent(boolean held) {
        Facts facts = Facts.NONE.with("answers", false);
        // All well, as before a first start: only whoever looks for the race in it is to know that nobody reads.
        return held
                ? new Findings()
                        .warn(true, "see the lines of the ports; sudo systemctl status matgate tells whether it runs")
                        .line(
                                SERVICE,
                                "",
                                "does not answer in " + config.box().data()
                                        + ", but some program has readers: it may run with another data",
                                facts)
                : Line.ok(
                        SERVICE,
                        "",
                        "does not run; this did in its place what it does; to start it: sudo systemctl start matgate",
                        facts);
    }

    /** Says whether some program has a reader, which is left to it then. */
    private boolean readers(BoxClock clock, ClockWatch watch) throws InterruptedException {
        boolean held = false;
        List<Config.Reader> usable = new ArrayList<>();
        for (Config.Reader reader : config.readers()) {
            Optional<Line> port = PortLines.of(reader, task.machine());
            port.ifPresent(this::add);
            held |= port.filter(PortLines::held).isPresent();
            if (port.isEmpty() || port.get().todo().isEmpty()) {
                usable.add(reader);
            }
        }
        try (ReaderCheck check = new ReaderCheck(usable, clock, watch, listener)) {
            check.bringUp();
            boolean test = task.testReadSeconds() > 0;
            if (test) {
                check.testRead(task.testReadSeconds());
            }
            check.lines(test).forEach(this::add);
            listener.progress("leaving the readers");
        }
        return held;
    }

    private Line engine(Config.Engine engine, BoxClock clock, ClockWatch watch) throws InterruptedException {
        UplinkIdentity identity = new UplinkIdentity(
                config.box().name(),
                task.software(),
                config.readers().stream()
                        .map(reader -> reader.source().timingPoint())
                        .distinct()
                        .toList(),
                clock.bootId(),
                config.simulation().enabled());
        return EngineLine.of(
                engine,
                EngineCheck.greet(
                        engine,
                        identity,
                        () -> watch.stamp(clock.monotonicNanos(), 0).utcNanos()));
    }
}
