package org.matgate.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.matgate.gateway.clock.ClockStatus;
import org.matgate.gateway.clock.Leap;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.JournalStatus;
import org.matgate.gateway.reader.ReaderStatus;
import org.matgate.gateway.reader.Vital;
import org.matgate.gateway.uplink.UplinkStatus;
import org.matgate.protocol.channel.Pin;
import org.matgate.protocol.stream.Event.AntennaCondition;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/** What is said of each part in each state that a crew may meet. */
class ServiceReportTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 10_000 * SECOND;
    private static final long UTC = 1_770_000_000L * SECOND;
    private static final Config.Engine ENGINE =
            new Config.Engine("central", "10.0.0.9", 7300, Optional.of(Pin.ofBytes(new byte[Pin.LENGTH])), "", false);
    private static final Config.Reader READER = new Config.Reader(
            new Source("main", "finish", Source.Line.MAIN),
            Config.Family.MERCURY,
            new Config.Link.Serial(Path.of("/dev/ttyUSB0"), 115_200),
            List.of(1, 2),
            Optional.empty(),
            Optional.empty());

    private long uncertainty = 2_000_000;

    /** UTC is {@link #UTC} at {@link #NOW}; raw runs with monotonic. */
    private final Stamper stamper = new Stamper() {
        @Override
        public Stamp stamp(long monotonicNanos, long extraUncertaintyNanos) {
            return new Stamp(new UUID(1, 2), monotonicNanos, UTC + monotonicNanos - NOW, uncertainty, 0);
        }

        @Override
        public long rawOfMonotonic(long monotonicNanos) {
            return monotonicNanos;
        }

        @Override
        public long monotonicOfRaw(long rawNanos) {
            return rawNanos;
        }

        @Override
        public long bendNanos(long rawNanos) {
            return 0;
        }
    };

    private ReaderPhase phase = ReaderPhase.READING;
    private String detail = "M6e 1.2";
    private OptionalLong notReadingSince = OptionalLong.empty();
    private long readsLost;
    private OptionalLong lastGap = OptionalLong.empty();
    private OptionalInt celsius = OptionalInt.of(41);
    private OptionalInt buffer = OptionalInt.empty();
    private Optional<Vital.ReaderOffset> offset = Optional.empty();
    private final Map<Integer, ReaderStatus.Antenna> antennas =
            new TreeMap<>(Map.of(1, antenna(AntennaCondition.CONNECTED), 2, antenna(AntennaCondition.CONNECTED)));

    private static ReaderStatus.Antenna antenna(AntennaCondition condition) {
        return new ReaderStatus.Antenna(condition, "", 0, OptionalInt.empty());
    }

    private Line reader() {
        ReaderStatus status = new ReaderStatus(
                READER.source(),
                "/dev/ttyUSB0 at 115200",
                phase,
                detail,
                NOW - 90 * SECOND,
                notReadingSince,
                1_234,
                12.34,
                readsLost,
                OptionalLong.of(NOW - 2 * SECOND),
                lastGap.isPresent() ? 3 : 0,
                lastGap,
                new TreeMap<>(antennas),
                Optional.of(new Vital.Identity("M6e", "1.2")),
                celsius,
                buffer,
                offset);
        return ReaderLines.reader(READER, status, NOW, stamper);
    }

    @Test
    void aReaderThatReadsIsWell() {
        Line line = reader();
        assertThat(line.level()).isEqualTo(Level.OK);
        assertThat(line.name()).isEqualTo("main");
        assertThat(line.text())
                .isEqualTo(
                        "reading for 90 s, M6e 1.2, 41 C, antennas 1 ok, 2 ok, 1,234 reads (12.3/s), last 2.0 s ago");
        assertThat(line.facts().json())
                .contains("\"phase\":\"reading\"", "\"reads\":1234", "\"model\":\"M6e\"", "\"celsius\":41")
                .contains("\"since_read_seconds\":2.000", "\"clock_ahead_seconds\":null")
                .contains("{\"antenna\":2,\"in_use\":true,\"condition\":\"connected\",\"detail\":\"\",\"reads\":0,"
                        + "\"return_loss_db\":null}");
    }

    private void assertReader(Level level, String todo) {
        Line line = reader();
        assertThat(line.level()).as(line.toString()).isEqualTo(level);
        assertThat(line.todo()).contains(todo);
    }

    @Test
    void aReaderThatIsNotFoundOrFellSilentFailsAtOnce() {
        notReadingSince = OptionalLong.of(NOW - SECOND);
        phase = ReaderPhase.FINDING;
        detail = "no such port";
        assertReader(Level.FAIL, "matgate probe");
        assertThat(reader().text()).startsWith("FINDING for 90 s (no such port), M6e 1.2");
        phase = ReaderPhase.RECOVERING;
        assertReader(Level.FAIL, "power and cable");
        detail = "2 reader is busy: another client holds it";
        assertReader(Level.FAIL, "stop the program or box that holds it");
        detail = "telling it how to read: 100 error in a parameter: no such antenna";
        assertReader(Level.FAIL, "antennas or power_dbm");
        phase = ReaderPhase.STOPPED;
        assertReader(Level.FAIL, "start the service");
    }

    @Test
    void aReaderMayTakeAMomentToComeUpAndNoLonger() {
        phase = ReaderPhase.CONFIGURING;
        notReadingSince = OptionalLong.of(NOW - 14 * SECOND);
        assertReader(Level.WARN, "wait a moment");
        notReadingSince = OptionalLong.of(NOW - 15 * SECOND);
        assertReader(Level.FAIL, "off and on");
    }

    @Test
    void whatIsWrongWithAReaderThatReadsIsAWarning() {
        phase = ReaderPhase.DEGRADED;
        detail = "M6e 1.2, setting region EU3: no answer";
        assertReader(Level.WARN, "not as configured");
        detail = "Impinj 2001002, reads already, and keeps its reads for the service";
        assertReader(Level.WARN, "start the service, wave a chip");
        phase = ReaderPhase.READING;
        celsius = OptionalInt.of(70);
        assertReader(Level.WARN, "shade");
        celsius = OptionalInt.of(69);
        assertReader(Level.OK, "");
        buffer = OptionalInt.of(80);
        assertReader(Level.WARN, "memory fills up");
        buffer = OptionalInt.empty();
        readsLost = 1;
        assertReader(Level.WARN, "dropped");
        assertThat(reader().text()).contains("1 reads DROPPED");
    }

    @Test
    void aGapIsWorthALookForAMinute() {
        lastGap = OptionalLong.of(NOW - 59 * SECOND);
        assertReader(Level.WARN, "check cable and plugs");
        lastGap = OptionalLong.of(NOW - 61 * SECOND);
        assertReader(Level.OK, "");
        assertThat(reader().text()).contains("3 gaps");
    }

    @Test
    void anAntennaThatIsGoneIsAWarningAndNoneAtAllAFailure() {
        antennas.put(2, antenna(AntennaCondition.DISCONNECTED));
        assertReader(Level.WARN, "antenna 2: plug it in");
        assertThat(reader().text()).contains("antennas 1 ok, 2 NOT CONNECTED");
        antennas.put(1, antenna(AntennaCondition.DISCONNECTED));
        assertReader(Level.FAIL, "it has no antenna");
    }

    @Test
    void anAntennaThatSendsBackTooMuchIsAWarning() {
        antennas.put(1, new ReaderStatus.Antenna(AntennaCondition.CONNECTED, "", 7, OptionalInt.of(999)));
        assertReader(Level.WARN, "antenna 1 sends back too much");
        antennas.put(1, new ReaderStatus.Antenna(AntennaCondition.CONNECTED, "", 7, OptionalInt.of(1_000)));
        assertReader(Level.OK, "");
        assertThat(reader().text()).contains("antennas 1: 7, 2 ok");
        antennas.put(1, antenna(AntennaCondition.HIGH_RETURN_LOSS));
        assertReader(Level.WARN, "antenna 1 sends back too much");
    }

    @Test
    void anAntennaThatIsNotInUseSaysNothing() {
        antennas.put(3, antenna(AntennaCondition.DISCONNECTED));
        assertReader(Level.OK, "");
        assertThat(reader().facts().json()).contains("{\"antenna\":3,\"in_use\":false");
    }

    @Test
    void aReadersClockIsToldAgainstUtcWhereItCountsUtc() {
        offset = Optional.of(new Vital.ReaderOffset(UTC + 1_500_000_000L - NOW, 2_000_000));
        assertThat(reader().text()).endsWith("its clock +1500.0 ms within 2.0 ms");
        assertThat(reader().facts().json()).contains("\"clock_ahead_seconds\":1.500");
        offset = Optional.of(new Vital.ReaderOffset(-5 * SECOND, 2_000_000));
        assertThat(reader().text()).endsWith("its clock known within 2.0 ms");
    }

    @Test
    void aClockThatNothingVouchesForIsAWarning() {
        Line good = clockLine(STEERED);
        assertThat(good.level()).isEqualTo(Level.OK);
        assertThat(good.text()).isEqualTo("2026-02-02 02:40:00 UTC, right within 2.0 ms, by chrony");
        assertThat(good.facts().json()).contains("\"source\":\"chrony\"", "\"since_step_seconds\":null");
        uncertainty = ClockLine.LOOSE_NANOS + 1;
        assertThat(clockLine(STEERED).todo()).contains("chronyc sources");
        uncertainty = Stamp.UNSYNCHRONISED;
        Line none = clockLine(clock(ClockSource.NONE, false, ""));
        assertThat(none.level()).isEqualTo(Level.WARN);
        assertThat(none.text()).contains("NOT SYNCHRONISED");
        assertThat(none.todo()).contains("matgate clock anchor");
        assertThat(none.facts().json()).contains("\"synchronised\":false", "\"uncertainty_seconds\":null");
    }

    @Test
    void aClockThatSomebodyElseVouchesForSaysWho() {
        Line held = clockLine(clock(ClockSource.KERNEL, false, "held over from when it was synchronised"));
        assertThat(held.level()).isEqualTo(Level.WARN);
        assertThat(held.text()).endsWith("by the kernel's time daemon, held over");
        assertThat(clockLine(clock(ClockSource.ENGINE, false, "by the engines' clocks, which contradict each other"))
                        .text())
                .endsWith("by the engine's clock, of which two contradict each other");
    }

    @Test
    void aStepAndALeapSecondAreShown() {
        ClockStatus clock = new ClockStatus(
                ClockSource.KERNEL, true, "", Leap.INSERT, OptionalLong.of(NOW - 42 * SECOND), "stepped by +3.000 ms");
        assertThat(clockLine(clock).text())
                .endsWith("; stepped by +3.000 ms, 42 s ago; a leap second comes at the end of the UTC day");
        assertThat(clockLine(clock).facts().json())
                .contains("\"leap\":\"insert\"", "\"since_step_seconds\":42.000", "\"last_step\":\"stepped by");
    }

    private static final ClockStatus STEERED = clock(ClockSource.CHRONY, true, "");

    private static ClockStatus clock(ClockSource source, boolean synchronised, String note) {
        return new ClockStatus(source, synchronised, note, Leap.NONE, OptionalLong.empty(), "");
    }

    private Line clockLine(ClockStatus clock) {
        return ClockLine.of(stamper.stamp(NOW, 0), clock);
    }

    private static Line journal(double fill, Optional<String> trouble, long usable) {
        return JournalLine.of(new JournalStatus(
                new JournalId(0xABCDEF01L << 32, 2),
                70_001,
                fill,
                trouble,
                OptionalLong.of(usable),
                JournalStatus.Care.NONE));
    }

    @Test
    void aJournalThatCannotWriteOrHasNoRoomFails() {
        Line good = journal(0.01, Optional.empty(), 85L * SECOND);
        assertThat(good.level()).isEqualTo(Level.OK);
        assertThat(good.name()).isEqualTo("abcdef01");
        assertThat(good.text()).isEqualTo("70,001 events, intake 1 % full, 85 GB free");
        assertThat(journal(0.01, Optional.of("disk I/O error"), 85L * SECOND).level())
                .isEqualTo(Level.FAIL);
        assertThat(journal(0.5, Optional.empty(), 85L * SECOND).level()).isEqualTo(Level.WARN);
        assertThat(journal(1.0, Optional.empty(), 85L * SECOND).level()).isEqualTo(Level.FAIL);
        assertThat(journal(0, Optional.empty(), 999_999_999L).level()).isEqualTo(Level.WARN);
        assertThat(journal(0, Optional.empty(), 99_999_999L).level()).isEqualTo(Level.FAIL);
    }

    private static UplinkStatus uplink(boolean connected, long lacking, long inFlight, OptionalLong ack, String error) {
        UplinkStatus.Delivery delivery = new UplinkStatus.Delivery(
                new JournalId(1, 2), 100, 100 - lacking, 0, lacking, inFlight, 0, false, false);
        return new UplinkStatus(
                "central", connected, "results", List.of(delivery), ack, error.isEmpty() ? 0 : 2, error);
    }

    @Test
    void anEngineIsWellIfItIsConnectedAndConfirms() {
        Line good = EngineLine.of(ENGINE, uplink(true, 0, 0, OptionalLong.of(300_000_000), "an old one"));
        assertThat(good.level()).isEqualTo(Level.OK);
        assertThat(good.text()).isEqualTo("connected, has everything, last confirmed 0.3 s ago");
        assertThat(EngineLine.of(ENGINE, uplink(true, 5_000, 9, OptionalLong.of(SECOND), ""))
                        .text())
                .isEqualTo("connected, lacks 5,000 events, 9 on the way, last confirmed 1.0 s ago");
        Line stuck = EngineLine.of(ENGINE, uplink(true, 0, 9, OptionalLong.of(31 * SECOND), ""));
        assertThat(stuck.level()).isEqualTo(Level.WARN);
        assertThat(stuck.todo()).contains("confirms none");
        assertThat(EngineLine.of(ENGINE, uplink(true, 0, 0, OptionalLong.of(3_600 * SECOND), ""))
                        .level())
                .isEqualTo(Level.OK);
    }

    private static void assertEngine(String error, Level level, String todo) {
        Line line = EngineLine.of(ENGINE, uplink(false, 40, 0, OptionalLong.empty(), error));
        assertThat(line.level()).isEqualTo(level);
        assertThat(line.todo()).contains(todo);
        assertThat(line.text()).contains("10.0.0.9:7300", "lacks 40 events", "nothing confirmed yet");
    }

    @Test
    void anEngineThatIsAwayFailsWithWhatToDoByWhatItSaid() {
        assertEngine("", Level.WARN, "wait a moment");
        assertEngine("Connection refused: /10.0.0.9:7300", Level.FAIL, "start the engine");
        assertEngine("refused: TOKEN, not ours", Level.FAIL, "print a code");
        assertEngine("refused: BUSY, too many", Level.FAIL, "turns this box away");
        assertEngine("connection timed out", Level.FAIL, "network");
    }

    private static UplinkStatus.Delivery journal(long id, boolean ahead, boolean withheld) {
        return new UplinkStatus.Delivery(new JournalId(1, id), 5, 5, 0, 0, 0, withheld ? 1 : 0, ahead, withheld);
    }

    private static Line engine(UplinkStatus.Delivery... journals) {
        return EngineLine.of(
                ENGINE, new UplinkStatus("central", true, "r", List.of(journals), OptionalLong.empty(), 0, ""));
    }

    @Test
    void anEngineThatKnowsMoreThanTheBoxIsNoReasonToTouchTheBox() {
        Line current = engine(journal(1, true, true), journal(2, false, false));
        assertThat(current.level()).isEqualTo(Level.FAIL);
        assertThat(current.todo()).contains("a new one begins", "wait a moment", "cannot be delivered");

        Line old = engine(journal(1, false, false), journal(2, true, false), journal(3, false, false));
        assertThat(old.level()).isEqualTo(Level.WARN);
        assertThat(old.todo())
                .contains("an old journal", "nothing is to be done now", "change the card after the race");

        Line withheld = engine(journal(1, false, false), journal(2, true, true));
        assertThat(withheld.level()).isEqualTo(Level.WARN);
        assertThat(withheld.todo()).contains("export it after the race");
        assertThat(List.of(current, old, withheld))
                .allSatisfy(line -> assertThat(line.todo()).doesNotContain("stop", "move", "journal.db"));
    }

    @Test
    void theWholeServiceIsALineAPart() {
        Config config = new Config(
                new Config.Box("finish-a", Path.of("data"), "finish"),
                List.of(),
                List.of(),
                Config.Gpio.NONE,
                new Config.Simulation(true, Optional.empty(), Optional.empty()),
                Config.Journal.DEFAULT);
        Report report = ServiceReport.of(new ServiceReport.Snapshot(
                new BoxLine.Box("finish-a", "matgate 1", 812, true),
                config,
                stamper,
                STEERED,
                NOW,
                NOW - 600 * SECOND,
                List.of(),
                List.of(),
                new JournalStatus(
                        new JournalId(1, 2), 0, 0, Optional.empty(), OptionalLong.empty(), JournalStatus.Care.NONE),
                List.of()));
        assertThat(report.lines()).extracting(Line::part).containsExactly("box", "clock", "journal", "engine");
        assertThat(report.lines().getFirst().text())
                .isEqualTo("matgate 1, up 10 min, since 2026-02-02 02:30:00 UTC, SIMULATED");
        assertThat(report.lines().getFirst().todo()).isEqualTo(BoxLine.SIMULATED);
        assertThat(report.lines().getLast().text()).isEqualTo("none is configured");
        assertThat(report.exitCode()).isEqualTo(3);
    }
}
