package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.BoxClocks;
import org.matgate.gateway.clock.Chrony;
import org.matgate.gateway.clock.ClockWatch;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.status.Report;
import org.matgate.gateway.status.StatusServer;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;

/** The crew's word for the time, from its command through the socket into the journal and to what an engine makes of it. */
@Timeout(120)
class ClockCommandTest extends DataCommandCase {
    private static final UUID FORMER = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final long GUN = Instant.parse("2026-05-10T09:00:00Z").getEpochSecond() * 1_000_000_000L;

    private BoxClock clock;
    private Journal journal;
    private ClockWatch watch;
    private StatusServer server;

    ClockCommandTest() {}

    @BeforeEach
    void serviceWithoutTime() throws Exception {
        start(false);
    }

    private void start(boolean synchronised) throws Exception {
        Path file = directory.resolve("clock.txt");
        long now = BoxClocks.open(Optional.empty()).monotonicNanos();
        Files.writeString(
                file, now + " " + BOOT + " " + (10_000_000_000L - now) + " 0 0 5 " + synchronised + " 1000000 none\n");
        clock = BoxClocks.open(Optional.of(file));
        journal = Journal.open(
                new Journal.Opening(directory.resolve("data"), "box", clock.bootId(), "machine", 0, Duration.ZERO));
        watch = ClockWatch.start(clock, Chrony.of(clock), journal.clockStates(clock.bootId()), journal::offer);
        server = StatusServer.start(
                        directory.resolve("data"),
                        () -> new Report(List.of()),
                        new CrewOrders(clock.bootId(), watch, journal))
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        server.close();
        watch.close();
        journal.close();
    }

    @Test
    void gunByTheRefereesWatchIsTheTimeOfItsBoot() throws Exception {
        Stamp fired = gun(BOOT, clock.monotonicNanos());
        assertThat(run("clock")).isEqualTo(3);
        assertThat(out.toString()).contains("NOT SYNCHRONISED", "matgate clock anchor");

        assertThat(anchor("--last-gun", "--within", "0.5")).as(out.toString()).isZero();
        assertThat(out.toString()).contains("OK: the time of boot " + BOOT);
        Stamp known = restated(fired);
        assertThat(known.utcNanos()).isEqualTo(GUN);
        assertThat(known.uncertaintyNanos()).isEqualTo(500_000_000);
        assertThat(run("clock")).isZero();
        assertThat(out.toString()).contains("within 500.", "by the crew's anchor");

        // Worse is not taken, unless the crew insists.
        assertThat(anchor("--last-gun", "--within", "2")).isEqualTo(1);
        assertThat(out.toString()).contains("known within 500.0 ms already, yours differs by 0.0 ms", "--force");
        assertThat(anchor("--last-gun", "--within", "2", "--force")).isZero();
        assertThat(restated(fired).uncertaintyNanos()).isEqualTo(2_000_000_000L);
    }

    @Test
    void thisMomentAndAnEventOfAFormerBootMayBeNamed() throws Exception {
        journal.offer(new ClockState(
                new Stamp(FORMER, 5, 5, Stamp.UNSYNCHRONISED, 0),
                5,
                5,
                0,
                5,
                5,
                5,
                0,
                Stamp.UNSYNCHRONISED,
                0,
                ClockSource.NONE,
                "started"));
        Stamp fired = gun(FORMER, 77_000_000_000L);
        Entry entry = journal.read(journal.id(), 1, 100, 100).stream()
                .filter(one -> one.event() instanceof Event.Gun)
                .findFirst()
                .orElseThrow();
        assertThat(anchor("--event", journal.id() + ":" + entry.seq(), "--within", "1"))
                .as(out.toString())
                .isZero();
        assertThat(restated(fired).utcNanos()).isEqualTo(GUN);

        long now = clock.monotonicNanos();
        assertThat(anchor("--now", "--within", "1")).as(out.toString()).isZero();
        assertThat(restated(new Stamp(BOOT, now, 3, Stamp.UNSYNCHRONISED, 0)).utcNanos())
                .isCloseTo(GUN, within(60_000_000_000L));
    }

    @Test
    void bootThatWasSynchronisedKeepsItsTimeUnlessForced() throws Exception {
        stop();
        Files.delete(directory.resolve("data/journal.db"));
        start(true);
        Stamp fired = gun(BOOT, clock.monotonicNanos());
        assertThat(anchor("--last-gun", "--within", "0.0001")).isEqualTo(1);
        assertThat(out.toString()).contains("was synchronised; by it that moment was", "yours differs by", "--force");
        assertThat(anchor("--last-gun", "--within", "0.0001", "--force"))
                .as(out.toString())
                .isZero();
        assertThat(restated(fired).utcNanos()).isEqualTo(GUN);
    }

    @Test
    void aBootThatIsNotKnownBetweenItsEndsIsNotCalledKnown() throws Exception {
        gun(BOOT, clock.monotonicNanos());
        assertThat(anchor("--last-gun", "--within", "0.5")).as(out.toString()).isZero();
        long now = clock.monotonicNanos();
        journal.offer(new ClockState(
                new Stamp(BOOT, now, 5, Stamp.UNSYNCHRONISED, 0),
                Long.MAX_VALUE,
                now,
                now + 1,
                now,
                now,
                5,
                0,
                Stamp.UNSYNCHRONISED,
                0,
                ClockSource.NONE,
                "not known"));
        gun(BOOT, now + 1_000_000_000);
        assertThat(run("clock")).isEqualTo(3);
        assertThat(out.toString()).contains("but not all between");
    }

    @Test
    void wrongCallsSayWhatIsRight() throws Exception {
        assertThat(run("clock", "anchor", "--at", "2026-05-10T09:00:00", "--now", "--within", "1"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("want date, time and zone", "09:00:00Z for UTC", "+02:00");
        assertThat(anchor("--now", "--within", "0")).isEqualTo(2);
        assertThat(out.toString()).contains("--within 0; want seconds, more than 0");
        assertThat(anchor("--event", "12", "--within", "1")).isEqualTo(2);
        assertThat(out.toString()).contains("want the journal's 32 digits");
        assertThat(anchor("--last-gun", "--within", "1")).isEqualTo(2);
        assertThat(out.toString()).contains("no such event");
        assertThat(anchor("--within", "1")).isEqualTo(2);
        server.close();
        assertThat(anchor("--now", "--within", "1")).isEqualTo(1);
        assertThat(out.toString()).contains("no service runs in", "start it");
    }

    private int anchor(String... rest) {
        String[] all = new String[rest.length + 4];
        all[0] = "clock";
        all[1] = "anchor";
        all[2] = "--at";
        all[3] = "2026-05-10 11:00:00+02:00";
        System.arraycopy(rest, 0, all, 4, rest.length);
        return run(all);
    }

    private Stamp gun(UUID boot, long monotonic) throws Exception {
        Stamp stamp = new Stamp(boot, monotonic, 3, Stamp.UNSYNCHRONISED, 0);
        assertThat(journal.offer(new Event.Gun(stamp, "start", "GPIO17", true, false, 0)))
                .isTrue();
        while (journal.read(journal.id(), 1, 1_000, 1_000).stream()
                .noneMatch(entry -> entry.event() instanceof Event.Gun
                        && entry.event().stamp().equals(stamp))) {
            Thread.sleep(10);
        }
        return stamp;
    }

    private Stamp restated(Stamp stamp) throws Exception {
        UtcTimeline timeline = new UtcTimeline();
        journal.clockStates(stamp.bootId()).forEach(timeline::add);
        return timeline.restate(stamp);
    }
}
