package org.matgate.simulator.reader;

import java.util.BitSet;
import java.util.List;
import org.matgate.protocol.r2000.R2000Code;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Command.*;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.r2000.R2000Message.Result;
import org.matgate.protocol.r2000.R2000Region;

/** What an R2000 module is set to, and what it answers to all that has nothing to do with its rounds. */
final class R2000Answers {
    private static final int CELSIUS = 38;
    private static final int TOO_HOT_CELSIUS = 79;
    /** What a good antenna returns. */
    private static final int RETURN_LOSS_DB = 18;

    /** All comes back from a cable that ends nowhere. */
    private static final int NO_RETURN_LOSS_DB = 1;

    private static final int MAX_POWER_DBM = 33;
    private static final int MIN_TEMPORARY_POWER_DBM = 20;
    private static final String IDENTIFIER = "4D41544741544552323030FF";

    private final R2000Options options;
    /** Ports whose antenna is cut off. */
    private final BitSet cut = new BitSet();

    private boolean hot;
    private int workAntenna;
    private List<Integer> temporaryPower;
    // What follows outlives the power.
    private int baud;
    private List<Integer> power = List.of(30);
    private R2000Region region = R2000Region.Standard.all(R2000Region.ETSI);
    private int detector;

    R2000Answers(R2000Options options) {
        this.options = options;
        this.baud = options.baud();
        this.workAntenna = 1;
        this.temporaryPower = power;
    }

    /** As it is when it is switched on. */
    void poweredOn() {
        hot = false;
        workAntenna = 1;
        temporaryPower = power;
    }

    int baud() {
        return baud;
    }

    void antenna(int port, boolean there) {
        cut.set(port, !there);
    }

    void tooHot(boolean now) {
        hot = now;
    }

    boolean hot() {
        return hot;
    }

    int workAntenna() {
        return workAntenna;
    }

    /** Whether an antenna is at this port. */
    boolean there(int antenna) {
        return antenna >= 1 && antenna <= options.ports() && !cut.get(antenna);
    }

    /** Whether it looks at an antenna before it sends. */
    boolean detects() {
        return detector > 0;
    }

    /** The answer to a command: never silence. */
    R2000Message to(R2000Command command) {
        return switch (command) {
            case GetVersion c -> new R2000Message.Version(2, 6);
            case GetWorkAntenna c -> new R2000Message.WorkAntenna(workAntenna);
            case GetPower c -> new R2000Message.Power(temporaryPower);
            case GetRegion c -> new R2000Message.Region(region);
            case GetTemperature c -> new R2000Message.Temperature(1, hot ? TOO_HOT_CELSIUS : CELSIUS);
            case GetReturnLoss c ->
                new R2000Message.ReturnLoss(there(workAntenna) ? RETURN_LOSS_DB : NO_RETURN_LOSS_DB);
            case GetAntennaDetector c -> new R2000Message.AntennaDetector(detector);
            case ReadInputs c -> new R2000Message.Inputs(0, 0);
            case WriteOutput c -> done(c);
            case SetBaud c -> {
                baud = c.baud();
                yield done(c);
            }
            case SetWorkAntenna c -> {
                if (c.antenna() > options.ports()) {
                    yield refused(c, R2000Code.INVALID_ANTENNA);
                }
                workAntenna = c.antenna();
                yield done(c);
            }
            case SetPower c -> {
                if (c.dbm().stream().anyMatch(dbm -> dbm > MAX_POWER_DBM)) {
                    yield refused(c, R2000Code.INVALID_POWER);
                }
                power = c.dbm();
                temporaryPower = power;
                yield done(c);
            }
            case SetTemporaryPower c -> {
                if (c.dbm() < MIN_TEMPORARY_POWER_DBM || c.dbm() > MAX_POWER_DBM) {
                    yield refused(c, R2000Code.INVALID_POWER);
                }
                temporaryPower = List.of(c.dbm());
                yield done(c);
            }
            case SetRegion c -> {
                region = c.region();
                yield done(c);
            }
            case SetAntennaDetector c -> {
                detector = c.returnLossDb();
                yield done(c);
            }
            case Other c -> other(c);
            case Reset c -> refused(c, R2000Code.FAIL);
            case Inventory c -> refused(c, R2000Code.INVALID_PARAMETER);
            case SessionInventory c -> refused(c, R2000Code.INVALID_PARAMETER);
            case FastSwitch c -> refused(c, R2000Code.INVALID_PARAMETER);
        };
    }

    /** What a vendor's client asks for besides: beeper, identifier, link profile. */
    private static R2000Message other(Other command) {
        return switch (command.number()) {
            case 0x7A -> done(command);
            case 0x68 -> new R2000Message.Other(command.number(), IDENTIFIER);
            case 0x6A -> new Result(command.number(), 0xD1);
            default ->
                refused(
                        command,
                        R2000Command.isInventory(command.number()) || command.number() < 0x80
                                ? R2000Code.INVALID_PARAMETER
                                : R2000Code.FAIL);
        };
    }

    private static Result done(R2000Command command) {
        return new Result(command.number(), R2000Code.OK);
    }

    static Result refused(R2000Command command, int code) {
        return new Result(command.number(), code);
    }
}
