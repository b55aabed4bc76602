package org.matgate.simulator.reader;

import java.util.Arrays;
import java.util.List;
import org.matgate.protocol.llrp.HasParameters;
import org.matgate.protocol.llrp.LlrpConfig;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpSpec;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.llrp.LlrpVendor;
import org.matgate.simulator.reader.LlrpFaults.Refused;

/** Whether an LLRP reader can do what it is told, and if not, what it says. */
final class LlrpChecks {
    private static final int START_TRIGGER = 179;
    private static final int BOUNDARY = 178;
    private static final int STOP_TRIGGER = 182;
    private static final int AI_STOP_TRIGGER = 184;
    private static final int RECEIVER = 223;
    private static final int TRANSMITTER = 224;
    private static final int REPORT_SPEC = 237;
    private static final int INVENTORY_COMMAND = 330;
    private static final int RF_CONTROL = 335;

    private final LlrpOptions.Vendor vendor;
    private final LlrpAbilities abilities;

    LlrpChecks(LlrpOptions options, LlrpAbilities abilities) {
        this.vendor = options.vendor();
        this.abilities = abilities;
    }

    /** Refuses what it does not know, and vendors' parts unless they are its own and were enabled. */
    void parts(HasParameters holder, boolean extensions, int... path) throws Refused {
        for (LlrpVendor part : holder.all(LlrpVendor.class)) {
            long of = part instanceof LlrpVendor.Custom custom ? custom.vendor() : LlrpVendor.IMPINJ;
            if (of != vendor.manufacturer || !extensions) {
                throw LlrpFaults.unsupported(
                        of == vendor.manufacturer ? "extensions are not enabled" : "not of this vendor",
                        path(path, LlrpFaults.CUSTOM));
            }
        }
        for (LlrpParameter.Other part : holder.all(LlrpParameter.Other.class)) {
            throw LlrpFaults.unsupported("this reader cannot do that", path(path, part.type()));
        }
    }

    void roSpec(LlrpSpec.RoSpec spec, boolean extensions) throws Refused {
        parts(spec, extensions, LlrpFaults.ROSPEC);
        require(spec.id() != 0, 0, LlrpStatus.INVALID, "0 stands for all", LlrpFaults.ROSPEC);
        require(
                abilities.hasPriority(spec.priority()),
                1,
                LlrpStatus.OUT_OF_RANGE,
                "no such priority",
                LlrpFaults.ROSPEC);
        require(
                spec.state() == LlrpSpec.RoSpec.DISABLED,
                2,
                LlrpStatus.INVALID,
                "a new one is disabled",
                LlrpFaults.ROSPEC);
        boundary(spec);
        List<LlrpSpec.AiSpec> searches = spec.all(LlrpSpec.AiSpec.class);
        if (searches.isEmpty()) {
            throw LlrpFaults.missing("nothing to do", LlrpFaults.ROSPEC, LlrpFaults.AI_SPEC);
        }
        for (LlrpSpec.AiSpec search : searches) {
            search(search);
        }
        for (LlrpConfig.RoReportSpec report : spec.all(LlrpConfig.RoReportSpec.class)) {
            report(report, LlrpFaults.ROSPEC);
        }
    }

    private static void boundary(LlrpSpec.RoSpec spec) throws Refused {
        LlrpSpec.StartTrigger start = spec.first(LlrpSpec.StartTrigger.class)
                .orElseThrow(() -> LlrpFaults.missing("no start trigger", LlrpFaults.ROSPEC, BOUNDARY, START_TRIGGER));
        require(
                start.type() == LlrpSpec.StartTrigger.NULL || start.type() == LlrpSpec.StartTrigger.IMMEDIATE,
                0,
                LlrpStatus.INVALID,
                "it starts at once or when told",
                LlrpFaults.ROSPEC,
                BOUNDARY,
                START_TRIGGER);
        LlrpSpec.StopTrigger stop = spec.first(LlrpSpec.StopTrigger.class)
                .orElseThrow(() -> LlrpFaults.missing("no stop trigger", LlrpFaults.ROSPEC, BOUNDARY, STOP_TRIGGER));
        require(
                stop.type() == LlrpSpec.StopTrigger.NULL || stop.type() == LlrpSpec.StopTrigger.DURATION,
                0,
                LlrpStatus.INVALID,
                "it stops after a while or when told",
                LlrpFaults.ROSPEC,
                BOUNDARY,
                STOP_TRIGGER);
    }

    private void search(LlrpSpec.AiSpec search) throws Refused {
        int[] path = {LlrpFaults.ROSPEC, LlrpFaults.AI_SPEC};
        boolean all = search.antennas().equals(List.of(0));
        boolean there =
                !search.antennas().isEmpty() && search.antennas().stream().allMatch(abilities::hasAntenna);
        require(all || there, 0, LlrpStatus.OUT_OF_RANGE, "no such antenna", path);
        LlrpSpec.AiStopTrigger stop = search.first(LlrpSpec.AiStopTrigger.class)
                .orElseThrow(() -> LlrpFaults.missing("no stop trigger", path(path, AI_STOP_TRIGGER)));
        require(
                stop.type() == LlrpSpec.AiStopTrigger.NULL || stop.type() == LlrpSpec.AiStopTrigger.DURATION,
                0,
                LlrpStatus.INVALID,
                "it stops after a while or not at all",
                path(path, AI_STOP_TRIGGER));
        List<LlrpSpec.InventoryParameterSpec> inventories = search.all(LlrpSpec.InventoryParameterSpec.class);
        int[] inner = path(path, LlrpFaults.INVENTORY_PARAMETER_SPEC);
        if (inventories.isEmpty()) {
            throw LlrpFaults.missing("nothing to look for", inner);
        }
        for (LlrpSpec.InventoryParameterSpec inventory : inventories) {
            require(
                    inventory.protocol() == LlrpSpec.InventoryParameterSpec.C1G2,
                    1,
                    LlrpStatus.INVALID,
                    "it reads Class 1 Gen 2",
                    inner);
            for (LlrpConfig.AntennaConfiguration antenna : inventory.all(LlrpConfig.AntennaConfiguration.class)) {
                antenna(antenna, inner);
            }
        }
    }

    /** @param path what the configuration is within */
    void antenna(LlrpConfig.AntennaConfiguration antenna, int... path) throws Refused {
        int[] own = path(path, LlrpFaults.ANTENNA_CONFIGURATION);
        require(
                antenna.antenna() == 0 || abilities.hasAntenna(antenna.antenna()),
                0,
                LlrpStatus.OUT_OF_RANGE,
                "no such antenna",
                own);
        for (LlrpConfig.RfReceiver receiver : antenna.all(LlrpConfig.RfReceiver.class)) {
            require(
                    abilities.hasSensitivity(receiver.sensitivityIndex()),
                    0,
                    LlrpStatus.OUT_OF_RANGE,
                    "no such sensitivity",
                    path(own, RECEIVER));
        }
        for (LlrpConfig.RfTransmitter transmitter : antenna.all(LlrpConfig.RfTransmitter.class)) {
            int[] inner = path(own, TRANSMITTER);
            require(
                    abilities.hasChannel(transmitter.hopTable(), transmitter.channel()),
                    1,
                    LlrpStatus.OUT_OF_RANGE,
                    "no such channel or hop table",
                    inner);
            require(
                    abilities.hasPower(transmitter.powerIndex()),
                    2,
                    LlrpStatus.OUT_OF_RANGE,
                    "no such transmit power",
                    inner);
        }
        for (LlrpConfig.InventoryCommand command : antenna.all(LlrpConfig.InventoryCommand.class)) {
            require(!command.stateAware(), 0, LlrpStatus.INVALID, "not state aware", path(own, INVENTORY_COMMAND));
        }
        for (LlrpConfig.RfControl control : antenna.all(LlrpConfig.RfControl.class)) {
            require(
                    abilities.hasMode(control.mode()),
                    0,
                    LlrpStatus.OUT_OF_RANGE,
                    "no such mode",
                    path(own, INVENTORY_COMMAND, RF_CONTROL));
        }
    }

    void report(LlrpConfig.RoReportSpec report, int... path) throws Refused {
        require(
                report.trigger() <= LlrpConfig.RoReportSpec.N_TAGS_OR_END_OF_ROSPEC,
                0,
                LlrpStatus.INVALID,
                "no such trigger",
                path(path, REPORT_SPEC));
    }

    private static void require(boolean holds, int field, int code, String otherwise, int... path) throws Refused {
        if (!holds) {
            throw LlrpFaults.fieldWithin(field, code, otherwise, path);
        }
    }

    private static int[] path(int[] outer, int... inner) {
        int[] path = Arrays.copyOf(outer, outer.length + inner.length);
        System.arraycopy(inner, 0, path, outer.length, inner.length);
        return path;
    }
}
