package org.matgate.protocol.chafon;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a host says to a Chafon reader. The address is the reader's, 0 to 254, or {@value #ANY}, which every reader
 * obeys. The bytes of unknown commands are hexadecimal digits in upper case.
 */
public sealed interface ChafonCommand {
    /** The address that every reader takes for its own. */
    int ANY = 0xFF;

    int address();

    /** The command's number on the wire, 0 to 255. */
    default int code() {
        return ChafonCommands.code(this);
    }

    /** The command's frame, ready for the wire. */
    default byte[] encode() {
        return ChafonFrame.command(address(), code(), ChafonCommands.data(this));
    }

    /** 01 without data: an inventory as the reader is set to; a UHFReader18 knows no other. */
    record Inventory(int address) implements ChafonCommand {
        public Inventory {
            ChafonFrame.checkByte("address", address);
        }
    }

    /**
     * 01 with antenna and time: an inventory of a 288.
     *
     * @param q bits 0 to 3: 2^q slots to begin with; bit 7: a frame of statistics behind it; bits 4 to 6 ask for
     *     phase, TID and more
     * @param session 0 to 3
     * @param masked whether the frame spells out that no tag is masked: both forms are in use
     * @param target 0: tags whose flag is A, 1: B
     * @param antenna 1 to 16
     * @param scanTime how long it may last, in 100 ms; 0 is until all tags are found. The manual allows 3 to 255
     */
    record AntennaInventory(int address, int q, int session, boolean masked, int target, int antenna, int scanTime)
            implements ChafonCommand {
        public AntennaInventory {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("Q", q);
            ChafonFrame.checkByte("session", session);
            ChafonFrame.checkByte("target", target);
            ChafonFrame.check("antenna", antenna, 1, 16);
            ChafonFrame.checkByte("scan time", scanTime);
        }
    }

    /** 21. */
    record GetInformation(int address) implements ChafonCommand {
        public GetInformation {
            ChafonFrame.checkByte("address", address);
        }
    }

    /**
     * 22: the band of the radio, and the channels in it.
     *
     * @param band see {@link ChafonBand}; 0 to 15
     * @param maxChannel 0 to 63
     * @param minChannel 0 to 63
     */
    record SetRegion(int address, int band, int maxChannel, int minChannel) implements ChafonCommand {
        /** All channels of a band. */
        public static SetRegion all(int address, ChafonBand band) {
            return new SetRegion(address, band.code(), band.lastChannel(), 0);
        }

        public SetRegion {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.check("band", band, 0, 15);
            ChafonFrame.check("highest channel", maxChannel, 0, 63);
            ChafonFrame.check("lowest channel", minChannel, 0, 63);
        }
    }

    /** 24: another address, 0 to 254; the reply still bears the former one. */
    record SetAddress(int address, int newAddress) implements ChafonCommand {
        public SetAddress {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("new address", newAddress);
        }
    }

    /** 25: how long an inventory may last that does not say so itself, in 100 ms, 3 to 255. */
    record SetScanTime(int address, int scanTime) implements ChafonCommand {
        public SetScanTime {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("scan time", scanTime);
        }
    }

    /**
     * 28: speak at another rate after the reply.
     *
     * @param rate 0 9600, 1 19200, 2 38400, 5 57600, 6 115200 baud
     */
    record SetBaud(int address, int rate) implements ChafonCommand {
        private static final List<Integer> BAUDS = List.of(9_600, 19_200, 38_400, 0, 0, 57_600, 115_200);

        public SetBaud {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("rate", rate);
        }

        /** The command for a rate in baud; empty if readers do not have it. */
        public static Optional<SetBaud> of(int address, int baud) {
            int rate = BAUDS.indexOf(baud);
            return baud == 0 || rate < 0 ? Optional.empty() : Optional.of(new SetBaud(address, rate));
        }

        /** The rate in baud; empty if readers do not have it. */
        public OptionalInt baud() {
            int baud = rate < BAUDS.size() ? BAUDS.get(rate) : 0;
            return baud == 0 ? OptionalInt.empty() : OptionalInt.of(baud);
        }
    }

    /** 2F: power in dBm, 0 to 30 with most readers. */
    record SetPower(int address, int dbm) implements ChafonCommand {
        public SetPower {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("power", dbm);
        }
    }

    /**
     * 35: what a UHFReader18 does by itself, kept beyond power-off.
     *
     * @param parameters mode (0: answers only), state, memory, first address, words, time of a tag
     */
    record SetWorkMode(int address, String parameters) implements ChafonCommand {
        /** Nothing by itself: it answers. */
        public static final String ANSWERS = "000000000000";

        public SetWorkMode {
            ChafonFrame.checkByte("address", address);
            parameters = ChafonFrame.checkHex("work mode", parameters, 6);
            if (parameters.length() != ANSWERS.length()) {
                throw new IllegalArgumentException("work mode " + parameters + "; want 6 bytes");
            }
        }
    }

    /** 3F: which antennas a 288 uses where the inventory names none: one bit each; bit 7: until power-off only. */
    record SetAntennas(int address, int antennas) implements ChafonCommand {
        public SetAntennas {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("antennas", antennas);
        }
    }

    /** 46: drives the output pins: bits 0 and 1. */
    record SetPins(int address, int levels) implements ChafonCommand {
        public SetPins {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("levels", levels);
        }
    }

    /** 47. */
    record GetPins(int address) implements ChafonCommand {
        public GetPins {
            ChafonFrame.checkByte("address", address);
        }
    }

    /** 66: whether each inventory first checks that its antenna is there. */
    record CheckAntennas(int address, boolean on) implements ChafonCommand {
        public CheckAntennas {
            ChafonFrame.checkByte("address", address);
        }
    }

    /** 6E: asks for the limit of {@link CheckAntennas}, or sets it: bit 7 set, and dB in bits 0 to 6. */
    record ReturnLossLimit(int address, int value) implements ChafonCommand {
        public ReturnLossLimit {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("value", value);
        }
    }

    /** 76: what a 288 does by itself, kept beyond power-off. */
    record SetMode(int address, int mode) implements ChafonCommand {
        /** Nothing: it answers. */
        public static final int ANSWERS = 0;
        /** Inventories one after the other, and tells each tag at once. */
        public static final int REAL_TIME = 1;
        /** The same while a pin is triggered. */
        public static final int TRIGGERED = 2;

        public SetMode {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("mode", mode);
        }
    }

    /**
     * 91.
     *
     * @param kilohertz at which frequency, up to 2^31 - 1
     * @param antenna 1 to 256; counted from 0 on the wire
     */
    record MeasureReturnLoss(int address, int kilohertz, int antenna) implements ChafonCommand {
        public MeasureReturnLoss {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.check("kHz", kilohertz, 0, Integer.MAX_VALUE);
            ChafonFrame.check("antenna", antenna, 1, 256);
        }
    }

    /** 92. */
    record GetTemperature(int address) implements ChafonCommand {
        public GetTemperature {
            ChafonFrame.checkByte("address", address);
        }
    }

    /** A command that has no record of its own here. */
    record Other(int address, int command, String data) implements ChafonCommand {
        public Other {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("command", command);
            data = ChafonFrame.checkHex("data", data, ChafonFrame.MAX_COMMAND_DATA);
        }
    }
}
