package org.matgate.gateway.reader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.Dialogue.Need;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryCommand.AntennaPair;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryTag;

/**
 * Something asked of a Mercury module on its way to reading.
 *
 * @param what for a person
 * @param need what follows if the module says no
 * @param waitNanos how long it may take to answer
 * @param tries how often it is asked
 */
record MercuryRequest(MercuryCommand command, String what, Need need, long waitNanos, int tries)
        implements Dialogue.Request {
    /** What is told of each chip: more would take line that reads need. */
    private static final int METADATA = MercuryTag.RSSI | MercuryTag.ANTENNA | MercuryTag.TIMESTAMP;

    private static final long WAIT_NANOS = 1_000_000_000L;
    private static final int TRIES = 3;
    /** A module that does not stream has no reason to answer a stop. */
    private static final long STOP_NANOS = 300_000_000L;
    /** A module that does not answer shows by the end of its first cycle that it has begun. */
    private static final long START_NANOS = 1_500_000_000L;

    static final MercuryRequest STOP =
            new MercuryRequest(new MercuryCommand.StopStreaming(), "stopping", Need.NONE, STOP_NANOS, 1);

    static final MercuryRequest BOOT = required(new MercuryCommand.BootApplication(), "leaving the boot loader");

    private static final MercuryRequest DETECT = wished(new MercuryCommand.DetectAntennas(), "detecting antennas");

    private static final MercuryRequest RETURN_LOSS = new MercuryRequest(
            new MercuryCommand.GetReturnLoss(), "asking for the return loss", Need.NONE, WAIT_NANOS, 1);

    /** The layout whose cycles end by saying how long they lasted. */
    static final MercuryRequest START = start(true);

    /** The layout that older modules want. */
    static final MercuryRequest START_CLASSIC = start(false);

    /** Asked of a module that streams; not every one answers. */
    static final MercuryRequest TEMPERATURE_WITHIN = new MercuryRequest(
            new MercuryCommand.Tunnelled(new MercuryCommand.GetTemperature()),
            "asking for the temperature",
            Need.NONE,
            START_NANOS,
            1);

    /** A short pause to see which antennas are there, and what they send back where the module knows. */
    static List<MercuryRequest> look(boolean returnLoss) {
        return returnLoss ? List.of(STOP, DETECT, RETURN_LOSS, START) : List.of(STOP, DETECT, START);
    }

    /**
     * All that it takes, in order, from any state to reading.
     *
     * @param lineBaud the rate at which the module speaks, where it is to be told the configured one if that differs
     */
    static Deque<MercuryRequest> plan(Config.Reader reader, OptionalInt lineBaud) {
        Deque<MercuryRequest> plan = new ArrayDeque<>();
        plan.add(STOP);
        plan.add(required(new MercuryCommand.GetVersion(), "asking for the version"));
        if (reader.link() instanceof Config.Link.Serial serial && lineBaud.orElse(serial.baud()) != serial.baud()) {
            plan.add(wished(
                    new MercuryCommand.SetBaud(serial.baud()),
                    "going from another rate to " + serial.baud() + " baud"));
        }
        plan.add(required(new MercuryCommand.GetCurrentProgram(), "asking for the program"));
        plan.add(required(new MercuryCommand.SetProtocol(MercuryCommand.SetProtocol.GEN2), "setting Gen2"));
        reader.region()
                .ifPresent(region ->
                        plan.add(wished(new MercuryCommand.SetRegion(code(region)), "setting region " + region)));
        reader.powerCentiDbm()
                .ifPresent(power -> plan.add(wished(
                        new MercuryCommand.SetReadPower(power), "setting read power to " + power / 100.0 + " dBm")));
        if (!reader.antennas().isEmpty()) {
            plan.add(required(
                    new MercuryCommand.SetSearchList(reader.antennas().stream()
                            .map(port -> new AntennaPair(port, port))
                            .toList()),
                    "setting antennas " + reader.antennas()));
        }
        plan.add(wished(
                new MercuryCommand.SetReaderConfig(MercuryCommand.SetReaderConfig.DUPLICATE_FILTER, 0),
                "turning off the duplicate filter"));
        plan.add(DETECT);
        plan.add(RETURN_LOSS);
        plan.add(new MercuryRequest(
                new MercuryCommand.GetTemperature(), "asking for the temperature", Need.NONE, WAIT_NANOS, 1));
        plan.add(START);
        return plan;
    }

    @Override
    public byte[] encode() {
        return command.encode();
    }

    /** Whether the message answers this request, well or badly. */
    boolean answeredBy(MercuryMessage message) {
        return switch (message) {
            case MercuryMessage.StartAck ack -> starts();
            case MercuryMessage.StopAck ack -> command instanceof MercuryCommand.StopStreaming;
            case MercuryMessage.CycleEnd end -> false;
            case MercuryMessage.Fault fault -> false;
            case MercuryMessage.Version version -> command instanceof MercuryCommand.GetVersion;
            case MercuryMessage.CurrentProgram program -> command instanceof MercuryCommand.GetCurrentProgram;
            case MercuryMessage.AntennaPorts ports -> command instanceof MercuryCommand.DetectAntennas;
            case MercuryMessage.Temperature temperature -> command instanceof MercuryCommand.GetTemperature;
            case MercuryMessage.Booted booted -> command instanceof MercuryCommand.BootApplication;
            case MercuryMessage.Reply reply -> reply.op() == op();
        };
    }

    /** Whether this asks the module to begin streaming. */
    boolean starts() {
        return command instanceof MercuryCommand.StartStreaming;
    }

    /** The same, more often: for a module that was seen not to have understood. */
    MercuryRequest insisting() {
        return new MercuryRequest(command, what, Need.REQUIRED, WAIT_NANOS, TRIES);
    }

    private int op() {
        return command.encode()[2] & 0xFF;
    }

    private static MercuryRequest required(MercuryCommand command, String what) {
        return new MercuryRequest(command, what, Need.REQUIRED, WAIT_NANOS, TRIES);
    }

    private static MercuryRequest wished(MercuryCommand command, String what) {
        return new MercuryRequest(command, what, Need.WISHED, WAIT_NANOS, TRIES);
    }

    private static MercuryRequest start(boolean multiSelect) {
        MercuryCommand command = new MercuryCommand.StartStreaming(
                multiSelect, MercuryCommand.StartStreaming.SEARCH_FLAGS, MercuryTime.CYCLE_MILLIS, METADATA);
        return new MercuryRequest(command, "starting to read", Need.REQUIRED, START_NANOS, TRIES);
    }

    private static int code(Config.Region region) {
        return switch (region) {
            case NA -> 0x01;
            case EU3 -> 0x08;
            case NA2 -> 0x0D;
            case OPEN -> 0xFF;
        };
    }
}
