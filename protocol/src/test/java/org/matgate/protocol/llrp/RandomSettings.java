package org.matgate.protocol.llrp;

import static org.matgate.protocol.llrp.Randoms.u16;
import static org.matgate.protocol.llrp.Randoms.u32;

import java.util.List;
import java.util.random.RandomGenerator;

/** Random capabilities, settings and ROSpecs, with values and in the order that the standard has. */
final class RandomSettings {
    private static final int SELECTABLE = 0xFFC0;

    private RandomSettings() {}

    static List<LlrpParameter> capabilities(RandomGenerator random) {
        return List.of(
                new LlrpCapability.GeneralDevice(
                        u16(random),
                        random.nextInt(4) << 14,
                        LlrpVendor.IMPINJ,
                        u32(random),
                        "4.8.3",
                        List.of(
                                new LlrpCapability.ReceiveSensitivity(u16(random), random.nextInt(-128, 128)),
                                new LlrpCapability.AntennaReceiveSensitivity(1, u16(random), u16(random)),
                                new LlrpCapability.Gpio(u16(random), u16(random)),
                                new LlrpCapability.AntennaAirProtocols(1, List.of(1)))),
                new LlrpCapability.Llrp(
                        random.nextInt(32) << 3,
                        random.nextInt(256),
                        u16(random),
                        u32(random),
                        u32(random),
                        u32(random),
                        u32(random),
                        u32(random)),
                new LlrpCapability.Regulatory(
                        u16(random),
                        random.nextInt(5),
                        List.of(band(random), impinj(LlrpVendor.Impinj.Kind.SUB_REGULATORY_REGION, u16(random)))),
                new LlrpCapability.C1g2(random.nextInt(4) << 6, u16(random)));
    }

    private static LlrpCapability.UhfBand band(RandomGenerator random) {
        boolean hopping = random.nextBoolean();
        List<Long> kiloHertz = List.of(u32(random), u32(random));
        return new LlrpCapability.UhfBand(List.of(
                new LlrpCapability.TransmitPower(1, random.nextInt(-100, 3300)),
                new LlrpCapability.TransmitPower(2, random.nextInt(-100, 3300)),
                new LlrpCapability.FrequencyInformation(
                        hopping,
                        List.of(
                                hopping
                                        ? new LlrpCapability.HopTable(random.nextInt(256), kiloHertz)
                                        : new LlrpCapability.FixedFrequencies(kiloHertz))),
                new LlrpCapability.RfModes(List.of(new LlrpCapability.RfMode(
                        u32(random),
                        random.nextInt(4) << 6,
                        random.nextInt(4),
                        random.nextInt(3),
                        random.nextInt(4),
                        u32(random),
                        u32(random),
                        u32(random),
                        u32(random),
                        u32(random))))));
    }

    static List<LlrpParameter> config(RandomGenerator random) {
        return List.of(
                new LlrpConfig.Identification(random.nextInt(2), Randoms.hex(random, 8)),
                new LlrpConfig.AntennaProperties(random.nextBoolean(), u16(random), random.nextInt(-500, 500)),
                antenna(random),
                events(random),
                reportSpec(random),
                new LlrpConfig.AccessReportSpec(random.nextInt(2)),
                new LlrpConfig.StateValue(u32(random)),
                new LlrpConfig.KeepaliveSpec(random.nextInt(2), u32(random)),
                new LlrpConfig.GpiPortState(u16(random), random.nextBoolean(), random.nextInt(3)),
                new LlrpConfig.GpoWriteData(u16(random), random.nextBoolean()),
                new LlrpConfig.EventsAndReports(random.nextBoolean()),
                impinj(LlrpVendor.Impinj.Kind.TEMPERATURE, random.nextInt(-40, 90)),
                new LlrpVendor.ImpinjLinkMonitor(1, u16(random)),
                impinj(LlrpVendor.Impinj.Kind.REPORT_BUFFER_MODE, 1));
    }

    static List<LlrpParameter> toSet(RandomGenerator random) {
        return List.of(
                events(random),
                antenna(random),
                reportSpec(random),
                LlrpConfig.KeepaliveSpec.every(u32(random)),
                new LlrpConfig.EventsAndReports(random.nextBoolean()),
                new LlrpVendor.ImpinjLinkMonitor(1, u16(random)),
                impinj(LlrpVendor.Impinj.Kind.REPORT_BUFFER_MODE, 1));
    }

    private static LlrpConfig events(RandomGenerator random) {
        return new LlrpConfig.ReaderEventNotificationSpec(List.of(
                new LlrpConfig.EventNotificationState(random.nextInt(9), random.nextBoolean()),
                new LlrpConfig.EventNotificationState(LlrpConfig.EventNotificationState.ANTENNA, true)));
    }

    private static LlrpConfig antenna(RandomGenerator random) {
        return new LlrpConfig.AntennaConfiguration(
                u16(random),
                List.of(
                        new LlrpConfig.RfReceiver(u16(random)),
                        new LlrpConfig.RfTransmitter(u16(random), u16(random), u16(random)),
                        new LlrpConfig.InventoryCommand(
                                random.nextBoolean(),
                                List.of(
                                        new LlrpConfig.RfControl(u16(random), u16(random)),
                                        new LlrpConfig.SingulationControl(
                                                random.nextInt(4),
                                                u16(random),
                                                u32(random),
                                                List.of(new LlrpConfig.SingulationAction(random.nextInt(4) << 6))),
                                        impinj(LlrpVendor.Impinj.Kind.INVENTORY_SEARCH_MODE, 2)))));
    }

    private static LlrpConfig reportSpec(RandomGenerator random) {
        return new LlrpConfig.RoReportSpec(
                random.nextInt(3),
                u16(random),
                List.of(
                        new LlrpConfig.TagReportContentSelector(
                                u16(random) & SELECTABLE,
                                List.of(new LlrpConfig.EpcMemorySelector(random.nextInt(4) << 6))),
                        new LlrpVendor.ImpinjTagReportContentSelector(
                                List.of(impinj(LlrpVendor.Impinj.Kind.ENABLE_PEAK_RSSI, LlrpVendor.Impinj.ON)))));
    }

    private static LlrpVendor impinj(LlrpVendor.Impinj.Kind kind, int value) {
        return new LlrpVendor.Impinj(kind, value);
    }

    static LlrpSpec.RoSpec roSpec(RandomGenerator random) {
        LlrpSpec.GpiTrigger pin = new LlrpSpec.GpiTrigger(u16(random), random.nextBoolean(), u32(random));
        return new LlrpSpec.RoSpec(
                u32(random),
                random.nextInt(8),
                random.nextInt(3),
                List.of(
                        new LlrpSpec.Boundary(List.of(startTrigger(random, pin), stopTrigger(random, pin))),
                        new LlrpSpec.AiSpec(
                                List.of(u16(random), u16(random)),
                                List.of(
                                        aiStopTrigger(random),
                                        new LlrpSpec.InventoryParameterSpec(
                                                u16(random),
                                                LlrpSpec.InventoryParameterSpec.C1G2,
                                                List.of(antenna(random))))),
                        reportSpec(random)));
    }

    private static LlrpSpec startTrigger(RandomGenerator random, LlrpSpec.GpiTrigger pin) {
        int type = random.nextInt(4);
        return new LlrpSpec.StartTrigger(
                type,
                switch (type) {
                    case LlrpSpec.StartTrigger.PERIODIC ->
                        List.of(new LlrpSpec.PeriodicTrigger(
                                u32(random),
                                u32(random),
                                List.of(new LlrpEvent.UtcTimestamp(random.nextLong(1L << 50)))));
                    case LlrpSpec.StartTrigger.GPI -> List.of(pin);
                    default -> List.of();
                });
    }

    private static LlrpSpec stopTrigger(RandomGenerator random, LlrpSpec.GpiTrigger pin) {
        int type = random.nextInt(3);
        return new LlrpSpec.StopTrigger(type, u32(random), type == LlrpSpec.StopTrigger.GPI ? List.of(pin) : List.of());
    }

    private static LlrpSpec aiStopTrigger(RandomGenerator random) {
        return random.nextBoolean()
                ? new LlrpSpec.AiStopTrigger(LlrpSpec.AiStopTrigger.NULL, 0, List.of())
                : new LlrpSpec.AiStopTrigger(
                        LlrpSpec.AiStopTrigger.TAG_OBSERVATION,
                        u32(random),
                        List.of(new LlrpSpec.TagObservation(
                                random.nextInt(3), u16(random), u16(random), u16(random), u32(random))));
    }
}
