package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.Dialogue.Need;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.r2000.R2000Region;

/**
 * Something asked of an R2000 module that is answered at once, other than to read.
 *
 * @param what for a person
 * @param need what follows if the module says no
 * @param waitNanos how long it may take to answer
 * @param tries how often it is asked
 */
record R2000Request(R2000Command command, String what, Need need, long waitNanos, int tries)
        implements Dialogue.Request {
    /** Below this return loss a module leaves an antenna out: half of the power comes back, so there is none. */
    static final int DETECTOR_DB = 3;

    private static final long WAIT_NANOS = 1_000_000_000L;
    private static final int TRIES = 3;
    /** A module answers within some ms; what is asked between two rounds must not keep it from reading for long. */
    private static final long POLL_NANOS = 300_000_000L;
    /** A module that restarts says nothing until it is asked. */
    private static final long RESTART_NANOS = 1_500_000_000L;

    /** What power can be set without the flash memory. */
    private static final int LEAST_TEMPORARY_DBM = 20;

    private static final int MOST_TEMPORARY_DBM = 33;
    private static final int CENTI = 100;

    static final R2000Request VERSION =
            new R2000Request(new R2000Command.GetVersion(), "asking for the version", Need.REQUIRED, WAIT_NANOS, TRIES);

    /** For a module that does not come out of the inventory of a former client. */
    static final R2000Request RESET =
            new R2000Request(new R2000Command.Reset(), "restarting the module", Need.NONE, RESTART_NANOS, 1);

    static final R2000Request DETECTOR_ON = new R2000Request(
            new R2000Command.SetAntennaDetector(DETECTOR_DB),
            "switching the antenna detector on",
            Need.NONE,
            WAIT_NANOS,
            TRIES);

    /** All that is asked, in order, on the way to reading; the answers lead to more. */
    static List<R2000Request> plan(Config.Reader reader) {
        List<R2000Request> plan = new ArrayList<>();
        plan.add(VERSION);
        plan.add(asked(
                new R2000Command.GetRegion(),
                "asking for the region",
                reader.region().isPresent()));
        if (reader.powerCentiDbm().isPresent()) {
            plan.add(asked(new R2000Command.GetPower(), "asking for the power", true));
        }
        plan.add(asked(new R2000Command.GetAntennaDetector(), "asking for the antenna detector", false));
        return plan;
    }

    /** What is measured of an antenna while no round is out: the module sends on it, and on no other. */
    static List<R2000Request> returnLoss(int antenna, int frequency) {
        return List.of(
                poll(new R2000Command.SetWorkAntenna(antenna), "setting antenna " + antenna),
                poll(new R2000Command.GetReturnLoss(frequency), "measuring antenna " + antenna));
    }

    static R2000Request temperature() {
        return poll(new R2000Command.GetTemperature(), "asking for the temperature");
    }

    /** There is no reading without its one antenna. */
    static R2000Request workAntenna(int antenna) {
        return new R2000Request(
                new R2000Command.SetWorkAntenna(antenna),
                "setting antenna " + antenna,
                Need.REQUIRED,
                WAIT_NANOS,
                TRIES);
    }

    static R2000Request baud(int baud) {
        return new R2000Request(new R2000Command.SetBaud(baud), "setting " + baud + " baud", Need.NONE, WAIT_NANOS, 1);
    }

    static R2000Request region(R2000Region.Standard region) {
        return asked(new R2000Command.SetRegion(region), "setting region " + region.region(), true);
    }

    /** In whole dBm, not more than allowed; kept from the flash memory, which wears, where that is possible. */
    static R2000Request power(int centiDbm) {
        int dbm = centiDbm / CENTI;
        R2000Command command = dbm >= LEAST_TEMPORARY_DBM && dbm <= MOST_TEMPORARY_DBM
                ? new R2000Command.SetTemporaryPower(dbm)
                : new R2000Command.SetPower(List.of(dbm));
        return asked(command, "setting power to " + dbm + " dBm", true);
    }

    private static R2000Request asked(R2000Command command, String what, boolean wished) {
        return new R2000Request(command, what, wished ? Need.WISHED : Need.NONE, WAIT_NANOS, TRIES);
    }

    private static R2000Request poll(R2000Command command, String what) {
        return new R2000Request(command, what, Need.NONE, POLL_NANOS, 1);
    }

    @Override
    public byte[] encode() {
        return command.encode(R2000Addressed.ANY);
    }

    /** Whether the message answers this request, well or badly. */
    boolean answeredBy(R2000Message message) {
        return message.command() == command.number();
    }

    /** Whether the answer takes a module no time: it has only to say what it knows. */
    boolean isQuick() {
        return command instanceof R2000Command.GetVersion
                || command instanceof R2000Command.GetRegion
                || command instanceof R2000Command.GetPower
                || command instanceof R2000Command.GetAntennaDetector
                || command instanceof R2000Command.GetTemperature;
    }
}
