package org.matgate.protocol.mercury;

import java.util.List;
import java.util.OptionalLong;
import org.matgate.protocol.reader.FamilyMessage;

/**
 * What a Mercury module says besides its tag records. Bytes that are not taken apart are hexadecimal digits in upper
 * case.
 */
public sealed interface MercuryMessage extends FamilyMessage {
    /** The message's frame, as the module puts it on the wire. */
    default byte[] encode() {
        return MercuryMessages.encode(this);
    }

    /**
     * Reply to 03, each part four bytes as the module sent them.
     *
     * @param hardware its first byte is the model: 18 M6e, 20 Micro, 30 Nano, 38 M7e
     * @param more what follows the parts above, as a rule nothing
     */
    record Version(int bootloader, int hardware, int firmwareDate, int firmware, int protocols, String more)
            implements MercuryMessage {
        public Version {
            more = MercuryFrame.checkHex("rest of the version", more);
        }

        /** The module's model, for people. */
        public String model() {
            return switch (hardware >>> 24) {
                case 0x18 -> "M6e";
                case 0x20 -> "M6e Micro";
                case 0x30 -> "M6e Nano";
                case 0x38 -> "M7e";
                default -> "Mercury module of unknown model %02X".formatted(hardware >>> 24);
            };
        }

        /** The firmware's version, for people: four numbers in hexadecimal, as the vendor writes it. */
        public String firmwareText() {
            return "%02X.%02X.%02X.%02X"
                    .formatted(firmware >>> 24, firmware >> 16 & 0xFF, firmware >> 8 & 0xFF, firmware & 0xFF);
        }
    }

    /** Reply to 0C. */
    record CurrentProgram(int program) implements MercuryMessage {
        public CurrentProgram {
            MercuryFrame.check("program", program, 0, 0xFF);
        }

        public boolean bootloader() {
            return (program & 3) == 1;
        }
    }

    /** Streaming has begun. */
    record StartAck() implements MercuryMessage {}

    /** Streaming has ended; no tag record follows. */
    record StopAck() implements MercuryMessage {}

    /**
     * A search cycle has ended; timestamps begin again at 0.
     *
     * @param cycleMillis how long it lasted, where the module says
     */
    record CycleEnd(OptionalLong cycleMillis) implements MercuryMessage {}

    /** Reply to 61 05. */
    record AntennaPorts(List<Port> ports) implements MercuryMessage {
        public AntennaPorts {
            ports = List.copyOf(ports);
        }
    }

    /** One antenna port: 1, 2, …. */
    record Port(int port, boolean connected) {
        public Port {
            MercuryFrame.check("port", port, 0, 0xFF);
        }
    }

    /** Reply to 72. */
    record Temperature(int celsius) implements MercuryMessage {
        public Temperature {
            MercuryFrame.check("degrees Celsius", celsius, -128, 127);
        }
    }

    /**
     * Something went wrong while streaming, which may go on or not.
     *
     * @param status see {@link MercuryStatus}
     */
    record Fault(int status, String data) implements MercuryMessage {
        public Fault {
            MercuryFrame.check("status", status, 1, 0xFFFF);
            data = MercuryFrame.checkHex("data", data);
        }

        /** A fault that the module says nothing more about. */
        public static Fault of(int status) {
            return new Fault(status, "");
        }
    }

    /** The module has started its application: asked to, or by itself after a power failure. */
    record Booted() implements MercuryMessage {}

    /** Any other reply. */
    record Reply(int op, int status, String data) implements MercuryMessage {
        public Reply {
            MercuryFrame.check("op", op, 0, 0xFF);
            MercuryFrame.check("status", status, 0, 0xFFFF);
            data = MercuryFrame.checkHex("data", data);
        }

        public static Reply of(int op, int status) {
            return new Reply(op, status, "");
        }
    }
}
