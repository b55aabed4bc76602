package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.Dialogue.Need;
import org.matgate.gateway.reader.LlrpRequest.Step;
import org.matgate.protocol.llrp.LlrpCapability;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpConfig;
import org.matgate.protocol.llrp.LlrpConfig.EventNotificationState;
import org.matgate.protocol.llrp.LlrpConfig.TagReportContentSelector;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpSpec;
import org.matgate.protocol.llrp.LlrpVendor;
import org.matgate.protocol.llrp.LlrpVendor.Impinj;

/**
 * What to tell an LLRP reader so that it reports every sighting. It knows what the reader can, once that was told.
 *
 * <p>Each sighting is a report of its own (N = 1). The tags are searched in session 0, in which a tag answers every
 * round; an Impinj reader besides looks for both states of a tag in turn, else one in view would be seen but once.
 */
final class LlrpPlan {
    /** A reader says that often that it lives. */
    static final long KEEPALIVE_MILLIS = 2_000;

    /** Impinj readers let go of a connection when so many signs of life were not acknowledged. */
    private static final int MOST_MISSED = 3;

    private static final int SESSION = 0;

    /** How many tags to expect at once; readers adapt. */
    private static final int POPULATION = 32;

    /** The ids of our ROSpecs begin with it; the rest tells one configuration from another. */
    private static final long ROSPEC_FAMILY = 0x4D47_0000L;

    private static final long FAMILY_MASK = 0x7FFF_0000L;
    private static final int IMPINJ_DUAL_TARGET = 2;

    /** Impinj's number for a reader's temperature among what can be asked. */
    private static final int IMPINJ_READER_TEMPERATURE = 2_004;

    private static final int FCC = 1;
    private static final int ETSI = 2;

    private final Config.Reader reader;
    private long nextId = 1;
    private Optional<LlrpMessage.Reply> capabilities = Optional.empty();

    LlrpPlan(Config.Reader reader) {
        this.reader = reader;
    }

    /** Takes what the reader can. */
    void can(LlrpMessage.Reply told) {
        capabilities = Optional.of(told);
    }

    private Optional<LlrpCapability.GeneralDevice> device() {
        return capabilities.flatMap(told -> told.first(LlrpCapability.GeneralDevice.class));
    }

    boolean isOf(long vendor) {
        return device().filter(device -> device.manufacturer() == vendor).isPresent();
    }

    /** Who made it, its model and firmware. */
    Vital.Identity identity() {
        return device().map(device ->
                        new Vital.Identity(vendor(device.manufacturer()) + " " + device.model(), device.firmware()))
                .orElse(new Vital.Identity("LLRP reader", ""));
    }

    private static String vendor(long manufacturer) {
        if (manufacturer == LlrpVendor.IMPINJ) {
            return "Impinj";
        }
        return manufacturer == LlrpVendor.ZEBRA ? "Zebra" : "LLRP reader of vendor " + manufacturer + ", model";
    }

    /** What to ask whoever answers. */
    List<LlrpRequest> introduction() {
        return List.of(request(
                new LlrpCommand.GetReaderCapabilities(id(), LlrpCommand.GetReaderCapabilities.EVERYTHING, List.of()),
                Step.CAPABILITIES,
                "asking what it can",
                Need.REQUIRED));
    }

    /** Then, knowing who it is: whether it reads already. */
    List<LlrpRequest> acquaintance() {
        List<LlrpRequest> plan = new ArrayList<>();
        if (isOf(LlrpVendor.IMPINJ)) {
            plan.add(request(
                    LlrpCommand.Custom.impinjEnableExtensions(id()),
                    Step.EXTENSIONS,
                    "enabling Impinj's extensions",
                    Need.WISHED));
        }
        plan.add(request(new LlrpCommand.GetRoSpecs(id()), Step.ROSPECS, "asking what it does", Need.REQUIRED));
        return plan;
    }

    /** Whether it does already what we would tell it. */
    boolean reads(LlrpMessage.Reply roSpecs) {
        return roSpecs.all(LlrpSpec.RoSpec.class).stream()
                .anyMatch(spec -> spec.id() == roSpecId() && spec.state() == LlrpSpec.RoSpec.ACTIVE);
    }

    /** Whether it was told to read by an earlier life of ours, be it otherwise. */
    static boolean readForUs(LlrpMessage.Reply roSpecs) {
        return roSpecs.all(LlrpSpec.RoSpec.class).stream().anyMatch(spec -> (spec.id() & FAMILY_MASK) == ROSPEC_FAMILY);
    }

    /** From whatever it does now to reading. */
    List<LlrpRequest> setUp() {
        List<LlrpRequest> plan = new ArrayList<>();
        plan.add(setting(true, "setting it back, and its signs of life", Need.REQUIRED, KEEPALIVES, events()));
        plan.add(setting(
                false,
                "keeping reports while nobody is connected",
                Need.WISHED,
                new LlrpConfig.EventsAndReports(true)));
        if (isOf(LlrpVendor.IMPINJ)) {
            plan.add(setting(
                    false, "reporting at once", Need.WISHED, new Impinj(Impinj.Kind.REPORT_BUFFER_MODE, Impinj.ON)));
            plan.add(setting(
                    false,
                    "letting go of a dead connection",
                    Need.WISHED,
                    new LlrpVendor.ImpinjLinkMonitor(Impinj.ON, MOST_MISSED)));
        }
        plan.add(request(
                new LlrpCommand.DeleteRoSpec(id(), LlrpCommand.ALL),
                Step.SETTING,
                "ending what it did",
                Need.REQUIRED));
        plan.add(request(
                new LlrpCommand.DeleteAccessSpec(id(), LlrpCommand.ALL),
                Step.SETTING,
                "ending what it wrote to chips",
                Need.NONE));
        plan.add(request(
                new LlrpCommand.AddRoSpec(id(), roSpec(true)),
                Step.ADD_WITH_EXTRAS,
                "telling it how to read, with " + extras(),
                Need.REQUIRED));
        plan.add(request(
                new LlrpCommand.EnableRoSpec(id(), roSpecId()), Step.ENABLE, "starting to read", Need.REQUIRED));
        return plan;
    }

    /** The bare minimum, for a reader that refuses the power or its vendor's parts. */
    LlrpRequest addPlain() {
        return request(
                new LlrpCommand.AddRoSpec(id(), roSpec(false)), Step.SETTING, "telling it how to read", Need.REQUIRED);
    }

    private String extras() {
        return "read power and " + (isOf(LlrpVendor.IMPINJ) ? "Impinj's search mode" : "session");
    }

    /** Which antennas are there. */
    LlrpRequest antennas() {
        return request(
                LlrpCommand.GetReaderConfig.of(id(), LlrpCommand.GetReaderConfig.ANTENNA_PROPERTIES),
                Step.ANTENNAS,
                "asking for its antennas",
                Need.NONE);
    }

    /** How warm it is, where its vendor tells. */
    Optional<LlrpRequest> temperature() {
        return isOf(LlrpVendor.IMPINJ)
                ? Optional.of(request(
                        LlrpCommand.GetReaderConfig.of(
                                id(),
                                LlrpCommand.GetReaderConfig.IDENTIFICATION,
                                new Impinj(Impinj.Kind.REQUESTED_DATA, IMPINJ_READER_TEMPERATURE)),
                        Step.TEMPERATURE,
                        "asking for its temperature",
                        Need.NONE))
                : Optional.empty();
    }

    /** Has a Zebra reader forget the tags that it has told of. */
    LlrpRequest purge() {
        return request(LlrpCommand.Custom.zebraPurgeTags(id()), Step.PURGE, "purging its tags", Need.NONE);
    }

    /** Lets go what it kept; has no answer. */
    LlrpCommand release() {
        return new LlrpCommand.EnableEventsAndReports(id());
    }

    /** Ends the connection in order; it goes on reading, and keeps what it reads. */
    LlrpCommand goodbye() {
        return new LlrpCommand.CloseConnection(id());
    }

    /** What a person is to know about the region; LLRP cannot set it. */
    Optional<String> regionProblem() {
        OptionalInt standard = capabilities
                .flatMap(told -> told.first(LlrpCapability.Regulatory.class))
                .map(regulatory -> OptionalInt.of(regulatory.standard()))
                .orElse(OptionalInt.empty());
        if (reader.region().isEmpty() || standard.isEmpty()) {
            return Optional.empty();
        }
        boolean fits = switch (reader.region().get()) {
            case NA, NA2 -> standard.getAsInt() == FCC;
            case EU3 -> standard.getAsInt() == ETSI;
            case OPEN -> true;
        };
        return fits
                ? Optional.empty()
                : Optional.of("its region is not " + reader.region().get() + " (standard " + standard.getAsInt()
                        + " by its own account), which only its own set-up page can change");
    }

    private static final LlrpConfig.KeepaliveSpec KEEPALIVES = LlrpConfig.KeepaliveSpec.every(KEEPALIVE_MILLIS);

    private static LlrpConfig.ReaderEventNotificationSpec events() {
        return new LlrpConfig.ReaderEventNotificationSpec(List.of(
                new EventNotificationState(EventNotificationState.ROSPEC, true),
                new EventNotificationState(EventNotificationState.REPORT_BUFFER_FILL, true),
                new EventNotificationState(EventNotificationState.READER_EXCEPTION, true),
                new EventNotificationState(EventNotificationState.ANTENNA, true)));
    }

    private LlrpRequest setting(boolean reset, String what, Need need, LlrpParameter... parameters) {
        return request(new LlrpCommand.SetReaderConfig(id(), reset, List.of(parameters)), Step.SETTING, what, need);
    }

    private static LlrpRequest request(LlrpCommand command, Step step, String what, Need need) {
        return new LlrpRequest(command, step, what, need);
    }

    /** Says the same for the same configuration, and as a rule another for another. */
    private long roSpecId() {
        int configuration = List.of(reader.antennas(), reader.powerCentiDbm(), KEEPALIVE_MILLIS)
                .hashCode();
        return ROSPEC_FAMILY | ((configuration ^ configuration >>> 16) & 0xFFFF);
    }

    private LlrpSpec.RoSpec roSpec(boolean extras) {
        List<LlrpParameter> inventory = extras ? List.of(antennaConfiguration()) : List.of();
        LlrpSpec.AiSpec search = new LlrpSpec.AiSpec(
                reader.antennas(),
                List.of(
                        new LlrpSpec.AiStopTrigger(LlrpSpec.AiStopTrigger.NULL, 0, List.of()),
                        new LlrpSpec.InventoryParameterSpec(1, LlrpSpec.InventoryParameterSpec.C1G2, inventory)));
        LlrpSpec.Boundary boundary = new LlrpSpec.Boundary(List.of(
                new LlrpSpec.StartTrigger(LlrpSpec.StartTrigger.IMMEDIATE, List.of()),
                new LlrpSpec.StopTrigger(LlrpSpec.StopTrigger.NULL, 0, List.of())));
        return new LlrpSpec.RoSpec(roSpecId(), 0, LlrpSpec.RoSpec.DISABLED, List.of(boundary, search, report(extras)));
    }

    private LlrpConfig.RoReportSpec report(boolean extras) {
        int fields = TagReportContentSelector.ANTENNA_ID
                | TagReportContentSelector.PEAK_RSSI
                | TagReportContentSelector.FIRST_SEEN
                | TagReportContentSelector.SEEN_COUNT;
        List<LlrpParameter> parts = new ArrayList<>();
        parts.add(new TagReportContentSelector(fields, List.of()));
        if (extras && isOf(LlrpVendor.IMPINJ)) {
            parts.add(new LlrpVendor.ImpinjTagReportContentSelector(
                    List.of(new Impinj(Impinj.Kind.ENABLE_PEAK_RSSI, Impinj.ON))));
        }
        return new LlrpConfig.RoReportSpec(LlrpConfig.RoReportSpec.N_TAGS_OR_END_OF_ROSPEC, 1, parts);
    }

    private LlrpConfig.AntennaConfiguration antennaConfiguration() {
        List<LlrpParameter> parts = new ArrayList<>();
        transmitter().ifPresent(parts::add);
        List<LlrpParameter> command = new ArrayList<>();
        command.add(new LlrpConfig.SingulationControl(SESSION, POPULATION, 0, List.of()));
        if (isOf(LlrpVendor.IMPINJ)) {
            command.add(new Impinj(Impinj.Kind.INVENTORY_SEARCH_MODE, IMPINJ_DUAL_TARGET));
        }
        parts.add(new LlrpConfig.InventoryCommand(false, command));
        return new LlrpConfig.AntennaConfiguration(0, parts);
    }

    /** The highest power that it has and the configuration allows. */
    private Optional<LlrpConfig.RfTransmitter> transmitter() {
        if (reader.powerCentiDbm().isEmpty() || capabilities.isEmpty()) {
            return Optional.empty();
        }
        int wanted = reader.powerCentiDbm().get();
        Optional<LlrpCapability.TransmitPower> power =
                capabilities.get().all(LlrpCapability.TransmitPower.class).stream()
                        .filter(level -> level.centiDbm() <= wanted)
                        .max(Comparator.comparingInt(LlrpCapability.TransmitPower::centiDbm));
        Optional<LlrpCapability.HopTable> hops = capabilities.get().first(LlrpCapability.HopTable.class);
        return power.map(level -> new LlrpConfig.RfTransmitter(
                hops.map(LlrpCapability.HopTable::id).orElse(0), hops.isPresent() ? 0 : 1, level.index()));
    }

    /** The next command's. */
    private long id() {
        return nextId++;
    }
}
