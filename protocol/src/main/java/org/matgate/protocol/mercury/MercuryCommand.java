package org.matgate.protocol.mercury;

import java.util.List;

/** What a host says to a Mercury module. The bytes of unknown commands are hexadecimal digits in upper case. */
public sealed interface MercuryCommand {
    /** The command's frame, ready for the wire. */
    default byte[] encode() {
        return MercuryFrame.command(MercuryCommands.op(this), MercuryCommands.data(this));
    }

    /** 03: which hardware and firmware. */
    record GetVersion() implements MercuryCommand {}

    /** 04: leave the boot loader. */
    record BootApplication() implements MercuryCommand {}

    /** 0C: boot loader or application. */
    record GetCurrentProgram() implements MercuryCommand {}

    /** 06: speak at another rate from the reply on. */
    record SetBaud(int baud) implements MercuryCommand {}

    /** 72. */
    record GetTemperature() implements MercuryCommand {}

    /** 97: region of the radio rules: 01 North America, 08 Europe (EU3), 0D North America 2, FF open. */
    record SetRegion(int region) implements MercuryCommand {
        public SetRegion {
            MercuryFrame.check("region", region, 0, 0xFF);
        }
    }

    /** 92: power for reading, in 1/100 dBm, 0 to 65,535 on the wire. */
    record SetReadPower(int centiDbm) implements MercuryCommand {
        public SetReadPower {
            MercuryFrame.check("read power in 1/100 dBm", centiDbm, 0, 0xFFFF);
        }
    }

    /** 93: {@value #GEN2} is Gen2. */
    record SetProtocol(int protocol) implements MercuryCommand {
        public static final int GEN2 = 5;

        public SetProtocol {
            MercuryFrame.check("tag protocol", protocol, 0, 0xFFFF);
        }
    }

    /** 91 02: the antennas to search on, in order; at most 16. */
    record SetSearchList(List<AntennaPair> antennas) implements MercuryCommand {
        public SetSearchList {
            antennas = List.copyOf(antennas);
            MercuryFrame.check("antennas in the search list", antennas.size(), 0, 16);
        }
    }

    /** Sends on one port and listens on another, mostly the same. */
    record AntennaPair(int tx, int rx) {
        public AntennaPair {
            MercuryFrame.check("transmit port", tx, 0, 0xFF);
            MercuryFrame.check("receive port", rx, 0, 0xFF);
        }
    }

    /** 61 05: which ports have an antenna. */
    record DetectAntennas() implements MercuryCommand {}

    /** 61 06: return loss of each port. */
    record GetReturnLoss() implements MercuryCommand {}

    /** 66 01: state of all pins. */
    record ReadGpio() implements MercuryCommand {}

    /** 96: drive an output pin. */
    record SetGpo(int pin, boolean high) implements MercuryCommand {
        public SetGpo {
            MercuryFrame.check("pin", pin, 0, 0xFF);
        }
    }

    /** 9A 01: sets one of the module's options, named by a key. */
    record SetReaderConfig(int key, int value) implements MercuryCommand {
        /** The module drops repeated sightings of a tag (value 1) or reports every one (value 0). */
        public static final int DUPLICATE_FILTER = 0x0C;

        public SetReaderConfig {
            MercuryFrame.check("config key", key, 0, 0xFF);
            MercuryFrame.check("config value", value, 0, 0xFF);
        }
    }

    /**
     * 2F 01 22: read continuously.
     *
     * @param multiSelect the layout with an extra 88, as towards newer modules; tag records then carry it too
     * @param searchFlags what the vendor calls search flags; {@value #SEARCH_FLAGS} as a rule
     * @param cycleMillis how long one search cycle lasts, 0 to 65,535
     * @param metadataFlags what each tag record tells, see {@link MercuryTag}
     */
    record StartStreaming(boolean multiSelect, int searchFlags, int cycleMillis, int metadataFlags)
            implements MercuryCommand {
        /** Search the antennas of the search list, and stream. */
        public static final int SEARCH_FLAGS = 0x001B;

        public StartStreaming {
            MercuryFrame.check("search flags", searchFlags, 0, 0xFFFF);
            MercuryFrame.check("cycle in ms", cycleMillis, 0, 0xFFFF);
            MercuryFrame.check("metadata flags", metadataFlags, 0, 0xFFFF);
        }

        /** The layout that every module understands. */
        public static StartStreaming classic(int cycleMillis, int metadataFlags) {
            return new StartStreaming(false, SEARCH_FLAGS, cycleMillis, metadataFlags);
        }
    }

    /** 2F 00 00 02. */
    record StopStreaming() implements MercuryCommand {}

    /** 2F 00 00 04: a command given while the module is streaming. */
    record Tunnelled(MercuryCommand command) implements MercuryCommand {}

    /** A command that has no record of its own here. */
    record Other(int op, String data) implements MercuryCommand {
        public Other {
            MercuryFrame.check("op", op, 0, 0xFF);
            data = MercuryFrame.checkHex("data", data);
        }
    }
}
