package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.matgate.protocol.llrp.LlrpCommand.GetReaderConfig;
import org.matgate.protocol.llrp.LlrpCommand.SetReaderConfig;
import org.matgate.protocol.llrp.LlrpConfig.*;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.llrp.LlrpVendor.Impinj;
import org.matgate.protocol.llrp.LlrpVendor.ImpinjLinkMonitor;
import org.matgate.simulator.reader.LlrpFaults.Refused;

/** How an LLRP reader is set, apart from its ROSpec. */
final class LlrpSettings {
    private static final int PINS = 4;
    private static final int KEEPALIVE_SPEC = 220;
    private static final int GPO_WRITE_DATA = 219;
    private static final int GPI_PORT_STATE = 225;
    private static final int EVENT_NOTIFICATION_STATE = 245;

    /** Impinj's numbers for what it can be asked for. */
    private static final int IMPINJ_EVERYTHING = 2000;

    private static final int IMPINJ_TEMPERATURE = 2004;
    private static final int IMPINJ_LINK_MONITOR = 2005;
    private static final int IMPINJ_REPORT_BUFFER = 2006;

    /** All that can be asked for, in the order of the standard, which some clients rely on. */
    private static final List<Integer> WHOLE = List.of(
            GetReaderConfig.IDENTIFICATION,
            GetReaderConfig.ANTENNA_PROPERTIES,
            GetReaderConfig.ANTENNA_CONFIGURATION,
            GetReaderConfig.READER_EVENT_NOTIFICATION_SPEC,
            GetReaderConfig.RO_REPORT_SPEC,
            GetReaderConfig.ACCESS_REPORT_SPEC,
            GetReaderConfig.STATE_VALUE,
            GetReaderConfig.KEEPALIVE_SPEC,
            GetReaderConfig.GPI_PORT_STATE,
            GetReaderConfig.GPO_PORT_STATE,
            GetReaderConfig.EVENTS_AND_REPORTS);

    private static final int USUAL_MODE = 1000;
    private static final int USUAL_POPULATION = 32;
    /** The highest power. */
    private static final int USUAL_POWER = 91;

    private final LlrpOptions options;
    private final LlrpChecks checks;
    private final LlrpAbilities abilities;
    private final BitSet wanted = new BitSet();
    private final BitSet high = new BitSet();
    private final Map<Integer, AntennaConfiguration> antennas = new TreeMap<>();
    private KeepaliveSpec keepalive = new KeepaliveSpec(KeepaliveSpec.NONE, 0);
    private ImpinjLinkMonitor monitor = new ImpinjLinkMonitor(Impinj.OFF, 0);
    private AccessReportSpec accessReport = new AccessReportSpec(0);
    private RoReportSpec report = usualReport();
    private int bufferMode = Impinj.OFF;
    private boolean hold;
    private long state;

    LlrpSettings(LlrpOptions options, LlrpAbilities abilities, LlrpChecks checks) {
        this.options = options;
        this.abilities = abilities;
        this.checks = checks;
        reset();
    }

    /** As it left the factory. */
    final void reset() {
        wanted.clear();
        high.clear();
        antennas.clear();
        for (int antenna = 1; antenna <= options.antennas(); antenna++) {
            antennas.put(antenna, usualAntenna(antenna));
        }
        keepalive = new KeepaliveSpec(KeepaliveSpec.NONE, 0);
        monitor = new ImpinjLinkMonitor(Impinj.OFF, 0);
        accessReport = new AccessReportSpec(0);
        report = usualReport();
        bufferMode = Impinj.OFF;
        hold = false;
        changed();
    }

    private AntennaConfiguration usualAntenna(int antenna) {
        boolean hops = options.region() == LlrpOptions.Region.FCC;
        return new AntennaConfiguration(
                antenna,
                List.of(
                        new RfReceiver(1),
                        new RfTransmitter(hops ? 1 : 0, hops ? 0 : 1, USUAL_POWER),
                        new InventoryCommand(
                                false,
                                List.of(
                                        new RfControl(USUAL_MODE, 0),
                                        new SingulationControl(2, USUAL_POPULATION, 0, List.of())))));
    }

    private static RoReportSpec usualReport() {
        int fields = TagReportContentSelector.ANTENNA_ID
                | TagReportContentSelector.PEAK_RSSI
                | TagReportContentSelector.FIRST_SEEN
                | TagReportContentSelector.LAST_SEEN
                | TagReportContentSelector.SEEN_COUNT;
        TagReportContentSelector content = new TagReportContentSelector(fields, List.of(new EpcMemorySelector(0)));
        return new RoReportSpec(RoReportSpec.N_TAGS_OR_END_OF_ROSPEC, 1, List.of(content));
    }

    /** Something in the reader's set-up is other than before. */
    void changed() {
        state = state + 1 & 0xFFFF_FFFFL;
    }

    boolean wants(int event) {
        return wanted.get(event);
    }

    KeepaliveSpec keepalive() {
        return keepalive;
    }

    boolean hold() {
        return hold;
    }

    RoReportSpec report() {
        return report;
    }

    boolean lowLatency() {
        return bufferMode == Impinj.ON;
    }

    /** After how many KEEPALIVEs without an answer it lets go of the connection; empty if never. */
    Optional<Integer> mostMissed() {
        return monitor.mode() == Impinj.ON ? Optional.of(monitor.missedKeepalives()) : Optional.empty();
    }

    /** All or nothing. */
    void set(SetReaderConfig command, boolean extensions) throws Refused {
        for (LlrpParameter parameter : command.parameters()) {
            check(parameter);
        }
        checks.parts(command, extensions);
        if (command.resetToFactory()) {
            reset();
        }
        command.parameters().forEach(this::apply);
        changed();
    }

    private void check(LlrpParameter parameter) throws Refused {
        switch (parameter) {
            case KeepaliveSpec p ->
                require(p.trigger() == KeepaliveSpec.NONE || p.periodMillis() > 0, 1, "no period", KEEPALIVE_SPEC);
            case GpoWriteData p -> require(isPin(p.port()), 0, "no such output", GPO_WRITE_DATA);
            case GpiPortState p -> require(isPin(p.port()), 0, "no such input", GPI_PORT_STATE);
            case ReaderEventNotificationSpec p -> {
                for (EventNotificationState event : p.all(EventNotificationState.class)) {
                    require(
                            event.event() <= EventNotificationState.ANTENNA,
                            0,
                            "no such event",
                            EVENT_NOTIFICATION_STATE);
                }
            }
            case AntennaConfiguration p -> checks.antenna(p);
            case RoReportSpec p -> checks.report(p);
            case AntennaProperties p -> throw LlrpFaults.unsupported("antennas are as they are", 221);
            default -> {
                // Anything else is either known and cannot be wrong, or told by its type.
            }
        }
    }

    private static boolean isPin(int port) {
        return port >= 1 && port <= PINS;
    }

    private static void require(boolean holds, int field, String otherwise, int type) throws Refused {
        if (!holds) {
            throw LlrpFaults.fieldWithin(field, LlrpStatus.OUT_OF_RANGE, otherwise, type);
        }
    }

    private void apply(LlrpParameter parameter) {
        switch (parameter) {
            case KeepaliveSpec p -> keepalive = p;
            case EventsAndReports p -> hold = p.holdUponReconnect();
            case ReaderEventNotificationSpec p ->
                p.all(EventNotificationState.class).forEach(event -> wanted.set(event.event(), event.wanted()));
            case AntennaConfiguration p ->
                antennas.replaceAll((antenna, old) -> p.antenna() == 0 || p.antenna() == antenna
                        ? new AntennaConfiguration(antenna, p.parameters())
                        : old);
            case RoReportSpec p -> report = p;
            case AccessReportSpec p -> accessReport = p;
            case GpoWriteData p -> high.set(p.port(), p.high());
            case ImpinjLinkMonitor p -> monitor = p;
            case Impinj p -> {
                if (p.kind() == Impinj.Kind.REPORT_BUFFER_MODE) {
                    bufferMode = (int) p.value();
                }
            }
            default -> {
                // What else an Impinj reader knows makes no difference here.
            }
        }
    }

    /** The parameters of the answer. */
    List<LlrpParameter> tell(GetReaderConfig command, boolean extensions, LlrpCondition condition) throws Refused {
        checks.parts(command, extensions);
        if (command.antenna() != 0 && !abilities.hasAntenna(command.antenna())) {
            throw LlrpFaults.field(0, LlrpStatus.OUT_OF_RANGE, "no such antenna");
        }
        List<LlrpParameter> told = new ArrayList<>();
        if (command.requested() == GetReaderConfig.EVERYTHING) {
            for (int part : WHOLE) {
                told.addAll(part(part, command.antenna(), condition));
            }
        } else {
            told.addAll(part(command.requested(), command.antenna(), condition));
        }
        for (Impinj asked : command.all(Impinj.class)) {
            told.addAll(impinj((int) asked.value(), condition.celsius()));
        }
        return told;
    }

    private List<? extends LlrpParameter> part(int requested, int antenna, LlrpCondition condition) throws Refused {
        return switch (requested) {
            case GetReaderConfig.IDENTIFICATION -> List.of(new Identification(0, "00163EFFFE000001"));
            case GetReaderConfig.ANTENNA_PROPERTIES ->
                antennas.keySet().stream()
                        .filter(each -> antenna == 0 || antenna == each)
                        .map(each -> new AntennaProperties(!condition.cut.get(each), each, 0))
                        .toList();
            case GetReaderConfig.ANTENNA_CONFIGURATION ->
                antennas.values().stream()
                        .filter(each -> antenna == 0 || antenna == each.antenna())
                        .toList();
            case GetReaderConfig.RO_REPORT_SPEC -> List.of(report);
            case GetReaderConfig.READER_EVENT_NOTIFICATION_SPEC -> List.of(events());
            case GetReaderConfig.ACCESS_REPORT_SPEC -> List.of(accessReport);
            case GetReaderConfig.STATE_VALUE -> List.of(new StateValue(state));
            case GetReaderConfig.KEEPALIVE_SPEC -> List.of(keepalive);
            case GetReaderConfig.GPI_PORT_STATE -> pins(pin -> new GpiPortState(pin, false, 0));
            case GetReaderConfig.GPO_PORT_STATE -> pins(pin -> new GpoWriteData(pin, high.get(pin)));
            case GetReaderConfig.EVENTS_AND_REPORTS -> List.of(new EventsAndReports(hold));
            default -> throw LlrpFaults.field(1, LlrpStatus.OUT_OF_RANGE, "no such configuration");
        };
    }

    private ReaderEventNotificationSpec events() {
        return new ReaderEventNotificationSpec(IntStream.rangeClosed(0, EventNotificationState.ANTENNA)
                .<LlrpParameter>mapToObj(event -> new EventNotificationState(event, wanted.get(event)))
                .toList());
    }

    private static List<LlrpParameter> pins(java.util.function.IntFunction<LlrpParameter> pin) {
        return IntStream.rangeClosed(1, PINS).mapToObj(pin).toList();
    }

    private List<LlrpParameter> impinj(int asked, int celsius) throws Refused {
        LlrpParameter temperature = new Impinj(Impinj.Kind.TEMPERATURE, celsius);
        LlrpParameter buffer = new Impinj(Impinj.Kind.REPORT_BUFFER_MODE, bufferMode);
        return switch (asked) {
            case IMPINJ_EVERYTHING -> List.of(temperature, monitor, buffer);
            case IMPINJ_TEMPERATURE -> List.of(temperature);
            case IMPINJ_LINK_MONITOR -> List.of(monitor);
            case IMPINJ_REPORT_BUFFER -> List.of(buffer);
            default -> throw LlrpFaults.unsupported("it does not tell that", LlrpFaults.CUSTOM);
        };
    }
}
