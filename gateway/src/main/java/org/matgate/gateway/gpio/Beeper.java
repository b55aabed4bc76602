package org.matgate.gateway.gpio;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.JournalView;
import org.matgate.gateway.status.Line;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;

/** The beeper. It hears of commits on the journal's thread, and does all the rest on its own. */
final class Beeper implements PlainPart, JournalView.CommitListener {
    /** Commits that wait for the next tick: what does not fit makes no sound. */
    private static final int MOST_COMMITS = 256;

    private final Config.Gpio.BeeperPin config;
    private final HeldPin<PlainPins.Output> pin;
    private final Beeps beeps;
    private final BlockingQueue<List<Entry>> commits = new ArrayBlockingQueue<>(MOST_COMMITS);
    private final AtomicInteger find = new AtomicInteger();
    private boolean last;

    Beeper(Config.Gpio.BeeperPin config, String chip) {
        this.config = config;
        this.beeps = new Beeps(config);
        boolean silent = config.active() == Config.Gpio.Level.LOW;
        this.pin = new HeldPin<>("beeper", chip, config.line(), (from, consumer) -> {
            last = false;
            return from.output(config.line(), consumer, silent);
        });
    }

    @Override
    public void committed(JournalId journal, List<Entry> entries) {
        boolean unused = commits.offer(entries);
    }

    /** Somebody looks for the box; from any thread. */
    void find(int seconds) {
        find.set(Math.max(1, seconds));
    }

    @Override
    public HeldPin<?> pin() {
        return pin;
    }

    @Override
    public void tick(long nowNanos) {
        for (List<Entry> entries; (entries = commits.poll()) != null; ) {
            for (Entry entry : entries) {
                beeps.committed(entry.event(), nowNanos);
            }
        }
        int seconds = find.getAndSet(0);
        if (seconds > 0) {
            beeps.find(seconds, nowNanos);
        }
        set(beeps.sounding(nowNanos), nowNanos);
    }

    @Override
    public void rest(long nowNanos) {
        set(false, nowNanos);
    }

    private void set(boolean sound, long nowNanos) {
        if (sound != last) {
            pin.use(nowNanos, output -> {
                output.set(sound == (config.active() == Config.Gpio.Level.HIGH));
                last = sound;
            });
        }
    }

    @Override
    public Line line() {
        return pin.findings(false)
                .line(
                        PinName.PART,
                        pin.name(),
                        pin.words(config.mute() ? ", mute" : ""),
                        pin.facts().with("mute", config.mute()));
    }
}
