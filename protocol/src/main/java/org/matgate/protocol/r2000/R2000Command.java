package org.matgate.protocol.r2000;

import java.util.List;
import java.util.Optional;

/**
 * What a host says to an R2000-class module. Antennas are counted from 1, although the wire counts them from 0. The
 * bytes of unknown commands are hexadecimal digits in upper case.
 */
public sealed interface R2000Command {
    int INVENTORY = 0x89;
    int FAST_SWITCH = 0x8A;
    int SESSION_INVENTORY = 0x8B;

    /** The command's frame to the module of this address, ready for the wire. */
    default byte[] encode(int address) {
        return R2000Frame.encode(address, number(), R2000Commands.data(this));
    }

    /** The command's number on the wire; what answers it carries the same. */
    default int number() {
        return R2000Commands.number(this);
    }

    /** Whether a command of this number reports tags as it finds them. */
    static boolean isInventory(int number) {
        return number >= INVENTORY && number <= SESSION_INVENTORY;
    }

    /** 70: restart. The module answers only if it cannot. */
    record Reset() implements R2000Command {}

    /** 71: keeps this rate in its flash memory, and restarts with it. */
    record SetBaud(int baud) implements R2000Command {
        public SetBaud {
            if (baud != 38_400 && baud != 115_200) {
                throw new IllegalArgumentException("baud rate " + baud + "; want 38400 or 115200");
            }
        }
    }

    /** 72. */
    record GetVersion() implements R2000Command {}

    /** 74: the antenna for {@link Inventory}, {@link SessionInventory} and {@link GetReturnLoss}. */
    record SetWorkAntenna(int antenna) implements R2000Command {
        public SetWorkAntenna {
            R2000Frame.checkAntenna(antenna);
        }
    }

    /** 75. */
    record GetWorkAntenna() implements R2000Command {}

    /**
     * 76: power, kept in flash memory, which wears.
     *
     * @param dbm one value for all antennas, or one for each of 4 or 8
     */
    record SetPower(List<Integer> dbm) implements R2000Command {
        public SetPower {
            dbm = R2000Frame.checkPower(dbm);
        }
    }

    /** 77. */
    record GetPower() implements R2000Command {}

    /** 66: power for all antennas until the module restarts. Modules take 20 to 33 dBm. */
    record SetTemporaryPower(int dbm) implements R2000Command {
        public SetTemporaryPower {
            R2000Frame.check("power in dBm", dbm, 0, 0xFF);
        }
    }

    /** 78: kept in flash memory. */
    record SetRegion(R2000Region region) implements R2000Command {}

    /** 79. */
    record GetRegion() implements R2000Command {}

    /** 7B. */
    record GetTemperature() implements R2000Command {}

    /** 7E: of the work antenna, at the frequency of this index. */
    record GetReturnLoss(int frequency) implements R2000Command {
        public GetReturnLoss {
            R2000Frame.check("index of the frequency", frequency, 0, 0xFF);
        }
    }

    /**
     * 62: whether the module looks at an antenna before it sends on it, and leaves it out if it is missing. Kept in
     * flash memory.
     *
     * @param returnLossDb below this return loss an antenna counts as missing; 0 switches the detector off
     */
    record SetAntennaDetector(int returnLossDb) implements R2000Command {
        public SetAntennaDetector {
            R2000Frame.check("return loss in dB", returnLossDb, 0, 0xFF);
        }
    }

    /** 63. */
    record GetAntennaDetector() implements R2000Command {}

    /** 60: state of the two input pins. */
    record ReadInputs() implements R2000Command {}

    /** 61: drive output pin 3 or 4. */
    record WriteOutput(int pin, boolean high) implements R2000Command {
        public WriteOutput {
            R2000Frame.check("pin", pin, 3, 4);
        }
    }

    /** 89: one inventory of the work antenna, in the session that the module thinks best. */
    record Inventory(int repeat) implements R2000Command {
        public Inventory {
            R2000Frame.check("repeat", repeat, 0, 0xFF);
        }
    }

    /**
     * 8B: one inventory of the work antenna.
     *
     * @param session 0 to 3 for S0 to S3
     * @param target 0 for tags in state A, 1 for those in B
     * @param repeat how many times before the end is told
     */
    record SessionInventory(int session, int target, int repeat) implements R2000Command {
        public SessionInventory {
            R2000Frame.check("session", session, 0, 3);
            R2000Frame.check("target", target, 0, 1);
            R2000Frame.check("repeat", repeat, 0, 0xFF);
        }
    }

    /**
     * 8A: one antenna after the other, {@code repeat} times.
     *
     * @param slots four of them, or eight for modules with eight antennas
     * @param intervalMillis rest between antennas
     * @param options only the longest layout has them: eight slots and these
     */
    record FastSwitch(List<Slot> slots, int intervalMillis, Optional<Options> options, int repeat)
            implements R2000Command {
        public FastSwitch {
            slots = List.copyOf(slots);
            if (slots.size() != 8 && (slots.size() != 4 || options.isPresent())) {
                throw new IllegalArgumentException(slots.size() + " slots; want 4 or 8, with options 8");
            }
            R2000Frame.check("interval in ms", intervalMillis, 0, 0xFF);
            R2000Frame.check("repeat", repeat, 0, 0xFF);
        }
    }

    /**
     * One of the places where {@link FastSwitch} may stop.
     *
     * @param port the antenna as the wire counts, from 0; one that the layout has no room for leaves the slot out
     * @param stay how many inventories before it goes on
     */
    record Slot(int port, int stay) {
        /** Nothing is done here. */
        public static final Slot NONE = new Slot(0xFF, 0);

        public Slot {
            R2000Frame.check("port", port, 0, 0xFF);
            R2000Frame.check("stay", stay, 0, 0xFF);
        }

        /** A stop at an antenna, counted from 1. */
        public static Slot of(int antenna, int stay) {
            return new Slot(R2000Frame.checkAntenna(antenna) - 1, stay);
        }
    }

    /** What newer firmware takes with 8A besides: session and target as in 8B, and whether to tell the phase. */
    record Options(int session, int target, boolean phase) {
        public Options {
            R2000Frame.check("session", session, 0, 3);
            R2000Frame.check("target", target, 0, 1);
        }
    }

    /** A command that has no record of its own here. */
    record Other(int number, String data) implements R2000Command {
        public Other {
            R2000Frame.check("command", number, 0, 0xFF);
            data = R2000Frame.checkHex(data);
        }
    }
}
