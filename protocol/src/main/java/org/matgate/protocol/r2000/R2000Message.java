package org.matgate.protocol.r2000;

import java.util.List;
import org.matgate.protocol.reader.FamilyMessage;

/**
 * What an R2000-class module says besides its tag reports. Antennas are counted from 1, although the wire counts them
 * from 0. Bytes that are not taken apart are hexadecimal digits in upper case.
 */
public sealed interface R2000Message extends FamilyMessage {
    /** The message's frame as the module of this address puts it on the wire. */
    default byte[] encode(int address) {
        return R2000Frame.encode(address, command(), R2000Messages.data(this));
    }

    /** The number of the command that this answers. */
    default int command() {
        return R2000Messages.command(this);
    }

    /**
     * An answer of one byte: whether a command was obeyed, or why not. 20 and 21 in answer to 77 are taken for a power,
     * which they may be too.
     *
     * @param code see {@link R2000Code}
     */
    record Result(int command, int code) implements R2000Message {
        public Result {
            R2000Frame.check("command", command, 0, 0xFF);
            R2000Frame.check("code", code, 0, 0xFF);
        }

        public boolean ok() {
            return code == R2000Code.OK;
        }
    }

    /** Reply to 72: the firmware's version. */
    record Version(int major, int minor) implements R2000Message {
        public Version {
            R2000Frame.check("major version", major, 0, 0xFF);
            R2000Frame.check("minor version", minor, 0, 0xFF);
        }

        /** The firmware's version, for people: "1.9". */
        public String text() {
            return major + "." + minor;
        }
    }

    /** Reply to 75. */
    record WorkAntenna(int antenna) implements R2000Message {
        public WorkAntenna {
            R2000Frame.checkAntenna(antenna);
        }
    }

    /** Reply to 77: power of all antennas (one value) or of each of 4 or 8. */
    record Power(List<Integer> dbm) implements R2000Message {
        /** More than any module sends: one byte above it is a code. */
        public static final int MAX_DBM = 36;

        public Power {
            dbm = R2000Frame.checkPower(dbm);
            if (dbm.size() == 1) {
                R2000Frame.check("power in dBm", dbm.getFirst(), 0, MAX_DBM);
            }
        }
    }

    /** Reply to 79. */
    record Region(R2000Region region) implements R2000Message {}

    /**
     * Reply to 7B.
     *
     * @param sign as it is on the wire: by most implementations 0 is below zero and 1 above, by one data sheet the other
     *     way
     * @param degrees Celsius, without the sign
     */
    record Temperature(int sign, int degrees) implements R2000Message {
        public Temperature {
            R2000Frame.check("sign", sign, 0, 0xFF);
            R2000Frame.check("degrees", degrees, 0, 0xFF);
        }

        /** Degrees Celsius if this sign stands for below zero. */
        public int celsius(int negativeSign) {
            return sign == negativeSign ? -degrees : degrees;
        }
    }

    /** Reply to 7E: how much weaker what comes back from the work antenna is than what goes out, in dB. */
    record ReturnLoss(int db) implements R2000Message {
        public ReturnLoss {
            R2000Frame.check("return loss in dB", db, 0, R2000Code.RETURN_LOSS_FAILED - 1);
        }
    }

    /** Reply to 63, see {@link R2000Command.SetAntennaDetector}. */
    record AntennaDetector(int returnLossDb) implements R2000Message {
        public AntennaDetector {
            R2000Frame.check("return loss in dB", returnLossDb, 0, 0xFF);
        }
    }

    /** Reply to 60: the two input pins. */
    record Inputs(int first, int second) implements R2000Message {
        public Inputs {
            R2000Frame.check("first pin", first, 0, 0xFF);
            R2000Frame.check("second pin", second, 0, 0xFF);
        }
    }

    /** In a round of 8A: this antenna is left out, the others go on. */
    record AntennaMissing(int antenna) implements R2000Message {
        public AntennaMissing {
            R2000Frame.checkAntenna(antenna);
        }
    }

    /**
     * A round of 89 or 8B has ended.
     *
     * @param rate tags a second while it lasted
     * @param total tag reports in it, 32 bits
     */
    record RoundEnd(int command, int antenna, int rate, long total) implements R2000Message {
        public RoundEnd {
            if (command != R2000Command.INVENTORY && command != R2000Command.SESSION_INVENTORY) {
                throw new IllegalArgumentException("command " + command + "; want 137 or 139");
            }
            R2000Frame.checkAntenna(antenna);
            R2000Frame.check("rate", rate, 0, 0xFFFF);
            if (total < 0 || total > 0xFFFF_FFFFL) {
                throw new IllegalArgumentException("total " + total + "; want 32 bits");
            }
        }
    }

    /**
     * A round of 8A has ended.
     *
     * @param total tag reports in it, 24 bits
     * @param durationMillis how long it lasted, 32 bits
     */
    record FastSwitchEnd(int total, long durationMillis) implements R2000Message {
        public FastSwitchEnd {
            R2000Frame.check("total", total, 0, 0xFF_FFFF);
            if (durationMillis < 0 || durationMillis > 0xFFFF_FFFFL) {
                throw new IllegalArgumentException("duration " + durationMillis + " ms; want 32 bits");
            }
        }
    }

    /** Any other answer. */
    record Other(int command, String data) implements R2000Message {
        public Other {
            R2000Frame.check("command", command, 0, 0xFF);
            data = R2000Frame.checkHex(data);
        }
    }
}
