package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.Dialogue.Need;
import org.matgate.protocol.chafon.ChafonBand;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonLayout;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonMessage.ReaderInformation;

/**
 * Something asked of a Chafon reader.
 *
 * @param what for a person
 * @param need what follows if the reader says no
 * @param waitNanos how long it may take to answer
 * @param tries how often it is asked
 */
record ChafonRequest(ChafonCommand command, String what, Need need, long waitNanos, int tries)
        implements Dialogue.Request {
    /**
     * How long an inventory may last, in 100 ms: the shortest that the manuals allow, as a chip may have been seen at
     * any time of it. A reader that finds no further tag ends earlier.
     */
    static final int SCAN_TIME = 3;

    /** How long after it was asked an inventory may end: the manuals allow the reader 75 ms more. */
    static final long SCAN_NANOS = (100 * SCAN_TIME + 75) * 1_000_000L;

    /** After so long without a word an inventory is not being answered. */
    static final long ANSWER_NANOS = SCAN_NANOS + 225_000_000L;

    /** Longer than the silence after which what damage holds back is given up. */
    private static final long WAIT_NANOS = 450_000_000L;

    private static final int TRIES = 3;
    /** Until an inventory of a former host is over, at its usual length: the reader hears nothing meanwhile. */
    private static final int PATIENT_TRIES = 6;

    /** 2^4 slots to begin with: some ten chips at once, as on a mat. */
    private static final int Q = 4;
    /** In session 0 a chip forgets that it was read as soon as the antenna is off. */
    private static final int SESSION = 0;

    private static final int TARGET_A = 0;

    /** A 288 that speaks by itself is to stop; another reader does not know the command. */
    static final ChafonRequest QUIET = new ChafonRequest(answersOnly(), "going quiet", Need.NONE, WAIT_NANOS, 1);

    static final ChafonRequest INFORMATION = new ChafonRequest(
            new ChafonCommand.GetInformation(ChafonCommand.ANY),
            "asking what it is",
            Need.REQUIRED,
            WAIT_NANOS,
            PATIENT_TRIES);

    static final ChafonRequest TEMPERATURE =
            poll(new ChafonCommand.GetTemperature(ChafonCommand.ANY), "asking for the temperature");

    /**
     * All that it takes, in order, from what the reader said of itself to reading; then how it is set.
     *
     * @param lineBaud at which it was found, on a serial line
     */
    static List<ChafonRequest> plan(Config.Reader reader, ReaderInformation information, OptionalInt lineBaud) {
        boolean plain = information.layout() == ChafonLayout.READER18;
        List<ChafonRequest> plan = new ArrayList<>();
        if (reader.link() instanceof Config.Link.Serial serial && lineBaud.orElse(serial.baud()) != serial.baud()) {
            baud(serial.baud()).ifPresent(plan::add);
        }
        plan.add(
                plain
                        ? wished(
                                new ChafonCommand.SetWorkMode(ChafonCommand.ANY, ChafonCommand.SetWorkMode.ANSWERS),
                                "stopping what it does by itself")
                        : required(answersOnly(), "stopping what it does by itself"));
        region(reader, plain)
                .filter(wanted -> !isSet(wanted, information))
                .ifPresent(wanted -> plan.add(
                        wished(wanted, "setting region " + reader.region().orElseThrow())));
        reader.powerCentiDbm()
                .map(power -> power / 100)
                .filter(dbm -> dbm != information.power())
                .ifPresent(dbm -> plan.add(wished(
                        new ChafonCommand.SetPower(ChafonCommand.ANY, dbm), "setting power to " + dbm + " dBm")));
        if (plain && information.scanTime() != SCAN_TIME) {
            plan.add(wished(
                    new ChafonCommand.SetScanTime(ChafonCommand.ANY, SCAN_TIME),
                    "setting scan time to " + 100 * SCAN_TIME + " ms"));
        }
        plan.add(INFORMATION);
        return plan;
    }

    /** What the configuration wants and no reader of this kind can do, for a person. */
    static List<String> impossible(Config.Reader reader, ReaderInformation information) {
        boolean plain = information.layout() == ChafonLayout.READER18;
        List<String> reasons = new ArrayList<>();
        if (reader.region().isPresent() && region(reader, plain).isEmpty()) {
            reasons.add("setting region " + reader.region().get() + ": none of such a reader");
        }
        if (plain && !reader.antennas().equals(List.of(1))) {
            reasons.add("antennas " + reader.antennas() + ": it has one only");
        } else if (reader.antennas().stream().anyMatch(antenna -> antenna > ChafonAntennas.MOST)) {
            reasons.add(
                    "antennas " + reader.antennas() + ": those above " + ChafonAntennas.MOST + " cannot be told apart");
        }
        return reasons;
    }

    private static Optional<ChafonCommand.SetRegion> region(Config.Reader reader, boolean plain) {
        return reader.region()
                .flatMap(region -> switch (region) {
                    case NA -> Optional.of(ChafonBand.US);
                    case EU3 -> Optional.of(plain ? ChafonBand.EU : ChafonBand.EU3);
                    case NA2 -> Optional.<ChafonBand>empty();
                    case OPEN -> Optional.of(ChafonBand.USER);
                })
                .map(band -> ChafonCommand.SetRegion.all(ChafonCommand.ANY, band));
    }

    /** What is set already is not set again: the reader keeps it in a memory that wears out. */
    private static boolean isSet(ChafonCommand.SetRegion wanted, ReaderInformation information) {
        return information.band() == wanted.band()
                && (information.maxFrequency() & 63) == wanted.maxChannel()
                && (information.minFrequency() & 63) == wanted.minChannel();
    }

    /** The middle of the channels that the reader sends on once the plan is done, kHz, where it is known. */
    static OptionalInt middleKilohertz(Config.Reader reader, ReaderInformation information) {
        return region(reader, false)
                .flatMap(wanted -> ChafonBand.of(wanted.band()))
                .map(band -> OptionalInt.of(band.kilohertz(band.lastChannel() / 2)))
                .orElse(information.middleKilohertz());
    }

    private static ChafonCommand answersOnly() {
        return new ChafonCommand.SetMode(ChafonCommand.ANY, ChafonCommand.SetMode.ANSWERS);
    }

    /**
     * One inventory.
     *
     * <p>Session 0, target A: a chip that was read keeps still only until the reader's carrier goes off at the end of the
     * inventory, so that every inventory tells of every chip in view. In the other sessions a chip keeps still for
     * seconds, and sightings would be missing that show when it passed.
     *
     * @param masked in the form that spells out that no chip is masked
     */
    static ChafonRequest inventory(ChafonLayout layout, int antenna, boolean masked) {
        ChafonCommand command = switch (layout) {
            case READER18 -> new ChafonCommand.Inventory(ChafonCommand.ANY);
            case READER288 ->
                new ChafonCommand.AntennaInventory(ChafonCommand.ANY, Q, SESSION, masked, TARGET_A, antenna, SCAN_TIME);
        };
        return new ChafonRequest(command, "reading", Need.REQUIRED, ANSWER_NANOS, 1);
    }

    static ChafonRequest returnLoss(int kilohertz, int antenna) {
        return poll(
                new ChafonCommand.MeasureReturnLoss(ChafonCommand.ANY, kilohertz, antenna),
                "measuring the return loss of antenna " + antenna);
    }

    /** Asks whether the reader still answers, after it did not. */
    static ChafonRequest stillThere() {
        return new ChafonRequest(INFORMATION.command, INFORMATION.what, Need.REQUIRED, WAIT_NANOS, 2);
    }

    private static Optional<ChafonRequest> baud(int baud) {
        return ChafonCommand.SetBaud.of(ChafonCommand.ANY, baud)
                .map(command -> wished(command, "setting " + baud + " baud"));
    }

    @Override
    public byte[] encode() {
        return command.encode();
    }

    /** Whether the message answers this request, well or badly. */
    boolean answeredBy(ChafonMessage message) {
        return message.command() == command.code() || message.command() == 0;
    }

    boolean isInventory() {
        return command instanceof ChafonCommand.Inventory || command instanceof ChafonCommand.AntennaInventory;
    }

    private static ChafonRequest required(ChafonCommand command, String what) {
        return new ChafonRequest(command, what, Need.REQUIRED, WAIT_NANOS, TRIES);
    }

    private static ChafonRequest wished(ChafonCommand command, String what) {
        return new ChafonRequest(command, what, Need.WISHED, WAIT_NANOS, TRIES);
    }

    private static ChafonRequest poll(ChafonCommand command, String what) {
        return new ChafonRequest(command, what, Need.NONE, ANSWER_NANOS, 1);
    }
}
