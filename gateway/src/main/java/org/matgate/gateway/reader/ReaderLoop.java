package org.matgate.gateway.reader;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.LinkOpeners;
import org.matgate.gateway.link.ReaderLink;
import org.matgate.gateway.pulse.Pulse;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one reader for as long as the box runs, on a thread of its own: opens the link again whenever it breaks, and
 * offers what it reads to the journal without ever waiting for it. Whatever goes wrong is told and tried again.
 *
 * <p>Thread-safe.
 */
public final class ReaderLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderLoop.class);

    /** A link that held for so long was a good one: after it the waits begin with the shortest again. */
    private static final long GOOD_LINK_NANOS = 5_000_000_000L;

    /** How long the end of a session may take to find room in the intake. */
    private static final long FAREWELL_NANOS = 1_000_000_000L;

    private static final long FAREWELL_TRY_NANOS = 20_000_000L;

    /**
     * A round takes 50 ms, the wait between two links 5 s, a command that the reader does not take 3 s: with some of them in
     * a row, on a machine that has other things to do, this is beyond all that ends by itself.
     */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(20);

    private static final long CLOSE_MILLIS = 2_000;

    private final Config.Reader reader;
    private final ReaderFamily family;
    private final ReaderLink.Opener opener;
    private final Surroundings box;
    private final RawTime time;
    private final ReaderOutput output;
    private final BaudSearch bauds;
    private final Backoff backoff;
    private final PowerRescue rescue = new PowerRescue();
    private final SparingLog faults;
    private final Waiter waiter;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final Pulse pulse;
    private volatile @Nullable ReaderLink link;
    private ReaderSession session;

    /**
     * A loop that has not begun.
     *
     * @param random shortens the waits between tries, so that not all readers come at once
     * @param listeningLostSinceNanos since when, on CLOCK_MONOTONIC, nobody listens to this reader: what a former
     *     process left; 0 if that was before this boot, empty if nobody ever listened
     */
    public ReaderLoop(
            Config.Reader reader,
            ReaderLink.Opener opener,
            Surroundings box,
            RandomGenerator random,
            OptionalLong listeningLostSinceNanos) {
        this(reader, ReaderFamilies.of(reader.family()), opener, box, random, listeningLostSinceNanos, null);
    }

    ReaderLoop(
            Config.Reader reader,
            ReaderFamily family,
            ReaderLink.Opener opener,
            Surroundings box,
            RandomGenerator random,
            OptionalLong listeningLostSinceNanos,
            @Nullable Waiter waiter) {
        this.reader = reader;
        this.family = family;
        this.opener = opener;
        this.box = box;
        this.time = RawTime.of(box.stamper());
        this.output =
                new ReaderOutput(reader.source(), opener.toString(), reader.antennas(), box, listeningLostSinceNanos);
        this.bauds = new BaudSearch(
                reader.link() instanceof Config.Link.Serial serial
                        ? OptionalInt.of(serial.baud())
                        : OptionalInt.empty(),
                reader.family().bauds());
        this.backoff = new Backoff(random);
        this.faults = new SparingLog(LOG, "reader " + name());
        this.waiter = waiter == null ? this::waitForStop : waiter;
        this.session = family.session(reader, time, output);
        this.pulse = new Pulse("reader " + name(), LONGEST_ROUND);
        this.thread = new Thread(this::run, "reader-" + name());
        thread.setDaemon(true);
    }

    /** Begins. To be called once. */
    public void start() {
        thread.start();
    }

    /** The reader's name. */
    public String name() {
        return reader.source().reader();
    }

    /** Beats as long as the loop goes round, whatever the reader does: also while nothing is plugged in. */
    public Pulse pulse() {
        return pulse;
    }

    /** How the reader stands now. */
    public ReaderStatus status() {
        return output.board().status(now());
    }

    /** Reads offered to the journal and taken. */
    public long reads() {
        return output.board().reads();
    }

    /** Reads that the journal had no room for. */
    public long readsLost() {
        return output.board().readsLost();
    }

    /** Ends the session in order: hears the reader's last words, tells that it has stopped, and closes the link. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (thread.isAlive() && !thread.join(Duration.ofMillis(CLOSE_MILLIS))) {
                LOG.warn("reader {}: does not end within {} ms; closing its link", name(), CLOSE_MILLIS);
                ReaderLink open = link;
                if (open != null) {
                    open.close();
                }
                if (!thread.join(Duration.ofMillis(CLOSE_MILLIS))) {
                    LOG.error("reader {}: hangs; left behind", name());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The loop itself, on the calling thread. */
    void run() {
        while (!stopping()) {
            try {
                oneLink();
            } catch (RuntimeException | Error e) {
                survive(e);
            }
            pulse.beat();
            if (!stopping() && waiter.await(backoff.next())) {
                break;
            }
        }
        farewell();
    }

    private void oneLink() {
        ReaderLink opened;
        OptionalInt baud = bauds.baud();
        long openingNanos = now();
        pulse.beat(opener.longest());
        try {
            opened = (baud.isPresent() ? opener.at(baud.getAsInt()) : opener).open();
        } catch (IOException e) {
            output.lost(ReaderPhase.FINDING, String.valueOf(e.getMessage()), now());
            if (LinkOpeners.refused(e)) {
                rescue.refused(now());
                cutPower();
            } else {
                rescue.absent();
            }
            return;
        }
        try (opened) {
            link = opened;
            long openedNanos = now();
            output.opened(opened, baud, openedNanos);
            boolean canWait = reader.link() instanceof Config.Link.Tcp;
            Optional<String> reason = new LinkRun(opened, canWait, family, session, output, box.clock())
                    .run(openingNanos, this::stoppingInRound, box.intakeFill(), waiter);
            if (now() - openedNanos >= GOOD_LINK_NANOS) {
                backoff.reset();
            }
            learnBaud();
            reason.ifPresent(why -> {
                output.lost(ReaderPhase.RECOVERING, why, now());
                rescue.ended(output.understood(), openedNanos);
                cutPower();
            });
        } finally {
            link = null;
        }
    }

    /** A reader that is there and says nothing that we understand may be helped by losing its power for a while. */
    private void cutPower() {
        rescue.due(now()).filter(why -> box.power().cycle(name(), why)).ifPresent(why -> {
            rescue.cycled(now());
            output.lost(ReaderPhase.RECOVERING, why + "; its power is cut for a while", now());
        });
    }

    private void learnBaud() {
        if (output.nextBaud().isPresent()) {
            bauds.told(output.nextBaud().getAsInt());
        } else if (output.understood()) {
            bauds.understood();
        } else if (output.broken().isPresent()) {
            bauds.nothingUnderstood();
        }
    }

    /** A fault of ours: what was being parsed is lost, so the session begins anew. */
    private void survive(Throwable fault) {
        try {
            faults.warn("fault in the gateway", fault, now());
            session = family.session(reader, time, output);
            output.lost(ReaderPhase.RECOVERING, "fault in the gateway: " + fault, now());
        } catch (RuntimeException | Error again) {
            LOG.error("reader {}: a fault cannot even be told", name(), again);
        }
    }

    private void farewell() {
        try {
            ReaderTeller teller = output.teller();
            output.phase(ReaderPhase.STOPPED, "", now());
            long until = now() + FAREWELL_NANOS;
            teller.flushAll(now());
            while (!teller.allTold() && now() < until) {
                TimeUnit.NANOSECONDS.sleep(FAREWELL_TRY_NANOS);
                teller.flushAll(now());
            }
            if (!teller.allTold()) {
                LOG.warn("reader {}: ended, and the journal had no room to be told", name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("reader {}: cannot tell that it has stopped", name(), e);
        }
    }

    /** Asked once a round. */
    private boolean stoppingInRound() {
        pulse.beat();
        return stopping();
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private boolean waitForStop(long nanos) {
        try {
            return stop.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private long now() {
        return box.clock().monotonicNanos();
    }
}
