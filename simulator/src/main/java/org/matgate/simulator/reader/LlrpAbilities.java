package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.matgate.protocol.llrp.LlrpCapability;
import org.matgate.protocol.llrp.LlrpCapability.*;
import org.matgate.protocol.llrp.LlrpCommand.GetReaderCapabilities;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpSpec;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.simulator.reader.LlrpFaults.Refused;

/** What an LLRP reader tells that it can: tables of the sizes and steps of a real Impinj reader's. */
final class LlrpAbilities {
    /** From 10.00 dBm on. */
    private static final int LEAST_CENTI_DBM = 1000;

    private static final int STEP_CENTI_DBM = 25;
    private static final int POWERS = 91;

    /** The best, then 10 dB below it and down by 1 dB each. */
    private static final int SENSITIVITIES = 42;

    private static final int USA = 840;
    private static final int GERMANY = 276;
    private static final int FCC_PART_15 = 1;
    private static final int ETSI_302_208 = 2;
    private static final int MAX_PRIORITY = 1;

    private static final List<RfMode> MODES = List.of(
            new RfMode(0, 0x80, 0, 2, 2, 640_000, 1500, 6250, 6250, 0),
            new RfMode(1, 0x80, 1, 2, 2, 640_000, 1500, 6250, 6250, 0),
            new RfMode(2, 0x80, 2, 0, 3, 274_000, 2000, 20_000, 20_000, 0),
            new RfMode(3, 0x80, 3, 0, 3, 170_600, 2000, 20_000, 20_000, 0),
            new RfMode(1000, 0, 0, 0, 0, 40_000, 1500, 6250, 6250, 0));

    private final LlrpOptions options;
    private final List<Long> frequencies;

    LlrpAbilities(LlrpOptions options) {
        this.options = options;
        this.frequencies = hops() ? hopTable() : List.of(865_700L, 866_300L, 866_900L, 867_500L);
    }

    /** The parameters of the answer. */
    List<LlrpParameter> tell(int requested) throws Refused {
        return switch (requested) {
            case GetReaderCapabilities.EVERYTHING -> List.of(device(), llrp(), regulatory(), air());
            case GetReaderCapabilities.GENERAL_DEVICE -> List.of(device());
            case GetReaderCapabilities.LLRP -> List.of(llrp());
            case GetReaderCapabilities.REGULATORY -> List.of(regulatory());
            case GetReaderCapabilities.AIR_PROTOCOL -> List.of(air());
            default -> throw LlrpFaults.field(0, LlrpStatus.OUT_OF_RANGE, "no such capabilities");
        };
    }

    boolean hasAntenna(int antenna) {
        return antenna >= 1 && antenna <= options.antennas();
    }

    boolean hasPower(int index) {
        return index >= 1 && index <= POWERS;
    }

    boolean hasSensitivity(int index) {
        return index >= 1 && index <= SENSITIVITIES;
    }

    boolean hasMode(int mode) {
        return MODES.stream().anyMatch(known -> known.id() == mode);
    }

    boolean hasPriority(int priority) {
        return priority <= MAX_PRIORITY;
    }

    /** Whether it may transmit so: by a table where it hops, else on a channel. */
    boolean hasChannel(int hopTable, int channel) {
        return hops() ? hopTable == 1 : channel >= 1 && channel <= frequencies.size();
    }

    private boolean hops() {
        return options.region() == LlrpOptions.Region.FCC;
    }

    /** The channel on which it is at a moment: it changes five times a second where it hops. */
    int channel(long nanos) {
        int slot = (int) Math.floorMod(nanos / 200_000_000L, (long) frequencies.size());
        return 1 + (hops() ? slot : 0);
    }

    private GeneralDevice device() {
        List<LlrpParameter> parts = new ArrayList<>();
        for (int index = 1; index <= SENSITIVITIES; index++) {
            parts.add(new ReceiveSensitivity(index, index == 1 ? 0 : index + 8));
        }
        parts.add(new Gpio(4, 4));
        for (int antenna = 1; antenna <= options.antennas(); antenna++) {
            parts.add(new AntennaAirProtocols(antenna, List.of(LlrpSpec.InventoryParameterSpec.C1G2)));
        }
        return new GeneralDevice(
                options.antennas(),
                options.utcClock() ? GeneralDevice.HAS_UTC_CLOCK : 0,
                options.vendor().manufacturer,
                options.vendor().model,
                options.vendor().firmware,
                parts);
    }

    private static Llrp llrp() {
        int flags = Llrp.CAN_REPORT_BUFFER_FILL | Llrp.SUPPORTS_HOLDING;
        return new Llrp(flags, MAX_PRIORITY, 0, LlrpRoSpec.MOST, 16, 1, 1508, 16);
    }

    private static C1g2 air() {
        return new C1g2(0, 0);
    }

    private Regulatory regulatory() {
        List<LlrpParameter> band = new ArrayList<>(IntStream.rangeClosed(1, POWERS)
                .mapToObj(index -> new TransmitPower(index, LEAST_CENTI_DBM + (index - 1) * STEP_CENTI_DBM))
                .toList());
        LlrpCapability table = hops() ? new HopTable(1, frequencies) : new FixedFrequencies(frequencies);
        band.add(new FrequencyInformation(hops(), List.of(table)));
        band.add(new RfModes(List.copyOf(MODES)));
        return new Regulatory(hops() ? USA : GERMANY, hops() ? FCC_PART_15 : ETSI_302_208, List.of(new UhfBand(band)));
    }

    /** In kHz, in the order in which it hops. */
    private static List<Long> hopTable() {
        List<Long> all = new ArrayList<>(
                LongStream.range(0, 50).mapToObj(i -> 902_750 + 500 * i).toList());
        Collections.shuffle(all, new Random(50));
        return List.copyOf(all);
    }
}
