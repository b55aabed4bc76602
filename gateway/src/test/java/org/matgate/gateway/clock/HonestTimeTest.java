package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;
import org.slf4j.LoggerFactory;

/**
 * The proof that every time is as good as it says: machines that boot in 1970 or hours wrong, win and lose their time,
 * step and slew, restart their service and reboot, for some days of race under random seeds. What happens while a time
 * daemon believes in a source that lies nobody can know, and such days are counted apart.
 */
@Timeout(300)
class HonestTimeTest {
    private static final long SECOND = ModelKernel.SECOND;
    private static final long RACE_DAY = 1_790_000_000L * SECOND;
    private static final int SEEDS = 24;

    private final Tally end = new Tally();
    private final Tally halfWay = new Tally();

    /** At the end of days on which a time daemon now and then believes a source that lies: told, and not all wrong. */
    private final Tally liars = new Tally();

    private long pieces;
    private long synchronisedSeconds;
    private long mostPiecesInASecond;

    /** An event as it was stamped, with what it should have been. */
    private record Happened(Stamp stamp, long trueUtc, boolean synchronised, boolean misled) {}

    private static final class Tally {
        private long all;
        private long right;
        private long misled;
        private long unbounded;
        private final List<Long> whileSynchronised = new ArrayList<>();

        void add(Stamp restated, Happened happened) {
            if (happened.misled) {
                misled++;
                return;
            }
            all++;
            boolean bounded = restated.synchronised();
            unbounded += bounded ? 0 : 1;
            if (!bounded || Math.abs(restated.utcNanos() - happened.trueUtc) <= restated.uncertaintyNanos()) {
                right++;
            }
            if (happened.synchronised) {
                whileSynchronised.add(restated.uncertaintyNanos());
            }
        }

        long medianNanos() {
            Collections.sort(whileSynchronised);
            // Of no liars' days there is none.
            return whileSynchronised.isEmpty() ? 0 : whileSynchronised.get(whileSynchronised.size() / 2);
        }

        @Override
        public String toString() {
            return String.format(
                    "%d of %d right, %d without a bound, median while synchronised %.3f ms, %d misled",
                    right, all, unbounded, medianNanos() / 1e6, misled);
        }
    }

    @BeforeAll
    static void quieten() {
        if (LoggerFactory.getLogger(ClockWatch.class) instanceof Logger logger) {
            logger.setLevel(Level.WARN);
        }
    }

    @AfterAll
    static void speakAgain() {
        if (LoggerFactory.getLogger(ClockWatch.class) instanceof Logger logger) {
            logger.setLevel(null);
        }
    }

    @Test
    void everyTimeIsAsGoodAsItSays() {
        long first = Long.getLong("seed", new Random().nextLong());
        for (int i = 0; i < SEEDS; i++) {
            new Day(first + i).run();
        }
        String what = "seeds " + first + " and the " + (SEEDS - 1) + " after it: at the end " + end + "; half-way "
                + halfWay + "; liars' days " + liars + "; " + pieces * 3_600 / Math.max(1, synchronisedSeconds)
                + " pieces an hour";
        System.out.println(what);
        assertThat(end.right).as(what).isGreaterThanOrEqualTo(end.all * 99 / 100);
        assertThat(liars.right).as(what).isGreaterThanOrEqualTo(liars.all / 2);
        assertThat(halfWay.right).as(what).isGreaterThanOrEqualTo(halfWay.all * 99 / 100);
        assertThat(end.medianNanos()).as(what).isLessThanOrEqualTo(10_000_000);
        assertThat(halfWay.medianNanos()).as(what).isLessThanOrEqualTo(10_000_000);
        // Only boots that nobody ever told the time are left without.
        assertThat(end.unbounded).as(what).isLessThan(end.all / 20);
        assertThat(mostPiecesInASecond).as(what).isLessThanOrEqualTo(18);
    }

    /** One box on one day. */
    private final class Day {
        private final long seed;
        private final Random random;
        private final List<ClockState> told = new ArrayList<>();
        private final List<Happened> happened = new ArrayList<>();
        private final boolean engineOnly;
        private final boolean engineThere;
        private final long engineWrongBy;
        private final boolean liar;
        private boolean misledHalfWay;

        private Day(long seed) {
            this.seed = seed;
            random = new Random(seed);
            engineOnly = random.nextInt(6) == 0;
            engineThere = engineOnly || random.nextInt(3) == 0;
            engineWrongBy = Math.round((random.nextDouble() * 2 - 1) * 0.9 * SECOND);
            liar = random.nextInt(12) == 0;
        }

        private void run() {
            long utc = RACE_DAY + random.nextInt(86_400) * SECOND;
            int boots = 1 + random.nextInt(3);
            List<Integer> half = new ArrayList<>();
            for (int boot = 0; boot < boots; boot++) {
                utc = boot(utc, half) + (20 + random.nextInt(300)) * SECOND;
            }
            Tally atTheEnd = liar ? liars : end;
            long before = atTheEnd.all - atTheEnd.right;
            tally(atTheEnd, told.size(), happened.size());
            if (atTheEnd.all - atTheEnd.right - before > happened.size() / 50) {
                System.out.println(
                        "seed " + seed + ": " + (atTheEnd.all - atTheEnd.right - before) + " of " + happened.size()
                                + " wrong" + (engineOnly ? ", engine only" : engineThere ? ", engine" : "")
                                + (liar ? ", liar" : ""));
            }
            if (!misledHalfWay && !liar) {
                // Else a lie is all that is known of what came before, and nobody can know that yet.
                tally(halfWay, half.get(0), half.get(1));
            }
            pieces += told.size();
        }

        private long boot(long utc, List<Integer> half) {
            long wrong = random.nextInt(3) == 0 ? -utc : Math.round((random.nextDouble() * 2 - 1) * 5 * 3_600 * SECOND);
            ModelKernel kernel = new ModelKernel(random, utc, wrong);
            List<ClockState> ofBoot = new ArrayList<>();
            int seconds = 1_800 + random.nextInt(7_200);
            long win = engineOnly ? Long.MAX_VALUE : Math.round(Math.exp(random.nextDouble() * Math.log(3_600)));
            @Nullable ClockWatch watch = null;
            int down = 5 + random.nextInt(50);
            for (int second = 0; second < seconds; second++) {
                fate(kernel, second, win);
                if (watch == null && down-- <= 0) {
                    watch = new ClockWatch(
                            kernel, Chrony.none(kernel), List.copyOf(ofBoot), piece -> take(piece, ofBoot));
                } else if (watch != null && random.nextInt(3_000) == 0) {
                    watch = null;
                    down = 1 + random.nextInt(60);
                }
                if (watch != null) {
                    int before = told.size();
                    watch.tick();
                    mostPiecesInASecond = Math.max(mostPiecesInASecond, told.size() - before);
                    synchronisedSeconds++;
                    ask(watch, kernel, second);
                }
                live(watch, kernel);
                if (half.isEmpty() && second >= seconds / 2) {
                    half.add(told.size());
                    half.add(happened.size());
                    misledHalfWay = kernel.misled();
                }
            }
            return kernel.trueUtc();
        }

        private boolean take(ClockState piece, List<ClockState> ofBoot) {
            told.add(piece);
            return ofBoot.add(piece);
        }

        private void fate(ModelKernel kernel, int second, long win) {
            if (second == win || (second > win && !kernel.isSynchronised() && random.nextInt(900) == 0)) {
                kernel.win();
            } else if (kernel.isSynchronised() && random.nextInt(3_600) == 0) {
                kernel.lose();
            } else if (!kernel.isSynchronised() && random.nextInt(1_200) == 0) {
                kernel.step(Math.round(random.nextGaussian() * 100 * SECOND));
            } else if (liar && kernel.isSynchronised() && random.nextInt(kernel.lies() ? 120 : 3_000) == 0) {
                kernel.believe(kernel.lies() ? 0 : Math.round(random.nextGaussian() * SECOND));
            }
        }

        /** Every other second the engine is asked; the way there and back is that of a mobile network. */
        private void ask(ClockWatch watch, ModelKernel kernel, int second) {
            if (engineThere && second % 2 == 0 && random.nextInt(5) != 0) {
                long there = (10 + random.nextInt(150)) * 1_000_000L;
                long back = (10 + random.nextInt(150)) * 1_000_000L;
                long now = kernel.monotonicNanos();
                watch.engineClock("central", now - there - back, now, kernel.trueUtc() - back + engineWrongBy, 0);
            }
        }

        /** A second in a few strides of random length, at whose ends things happen. */
        private void live(@Nullable ClockWatch watch, ModelKernel kernel) {
            long left = SECOND + random.nextInt(2_000_000);
            while (left > 0) {
                long stride = Math.min(left, 1 + Math.round(random.nextDouble() * SECOND));
                kernel.advance(stride);
                left -= stride;
                if (watch != null && left > 0 && random.nextInt(3) == 0) {
                    happened.add(new Happened(
                            watch.stamp(kernel.monotonicNanos(), 0),
                            kernel.trueUtc(),
                            kernel.isSynchronised(),
                            kernel.misled()));
                }
            }
        }

        private void tally(Tally tally, int piecesKnown, int events) {
            List<ClockState> known = new ArrayList<>(told.subList(0, piecesKnown));
            Collections.shuffle(known, random);
            UtcTimeline timeline = new UtcTimeline();
            known.forEach(timeline::add);
            happened.subList(0, events).forEach(one -> tally.add(timeline.restate(one.stamp), one));
        }
    }
}
