package org.matgate.simulator.reader;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryCommand.*;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryMessage.Reply;
import org.matgate.protocol.mercury.MercuryStatus;

/** What a Mercury module is set to, and what it answers to all that has nothing to do with streaming. */
final class MercuryAnswers {
    private static final int BOOTLOADER = 0x11;
    private static final int APPLICATION = 0x12;
    /** An M6e, and version numbers of one that exists. */
    private static final MercuryMessage.Version VERSION =
            new MercuryMessage.Version(0x14071600, 0x18000002, 0x20170419, 0x01170012, 0x00000010, "");

    private static final int CELSIUS = 31;
    private static final int TOO_HOT_CELSIUS = 86;
    /** In tenths of a decibel: what a good antenna returns. */
    private static final int RETURN_LOSS = 0xB4;

    /** All comes back from a cable that ends nowhere. */
    private static final int NO_RETURN_LOSS = 0x05;

    private static final int GPIO_PINS = 4;
    private static final int MAX_POWER_CENTI_DBM = 3150;

    private final MercuryOptions options;
    private final BitSet search = new BitSet();
    private final int[] config = new int[256];
    private final BitSet high = new BitSet();
    /** Ports whose antenna is cut off. */
    private final BitSet cut = new BitSet();

    private boolean inBootloader;
    private int baud;
    private boolean hot;
    private int powerCentiDbm = 3000;
    private int region = 0x08;

    MercuryAnswers(MercuryOptions options) {
        this.options = options;
        poweredOn();
    }

    /** As it is when it is switched on. */
    final void poweredOn() {
        inBootloader = options.bootloader();
        baud = options.baud();
        hot = false;
        search.clear();
        search.set(1);
        Arrays.fill(config, 0);
        config[SetReaderConfig.DUPLICATE_FILTER] = 1;
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

    /** Whether one of the antennas that it searches is cut off. */
    boolean searchesInVain() {
        return search.intersects(cut);
    }

    boolean inBootloader() {
        return inBootloader;
    }

    /** Whether the search goes over this antenna, and it is there. */
    boolean searches(int antenna) {
        return antenna >= 1 && antenna <= options.ports() && search.get(antenna) && !cut.get(antenna);
    }

    /** The answer to a command while not streaming: never silence. */
    MercuryMessage to(MercuryCommand command) {
        return switch (command) {
            case GetVersion c -> VERSION;
            case GetCurrentProgram c -> new MercuryMessage.CurrentProgram(inBootloader ? BOOTLOADER : APPLICATION);
            case BootApplication c -> boot();
            case Other c -> inBootloader ? refuse(c.op()) : other(c.op(), c.data());
            default -> inBootloader ? refuse(op(command)) : set(command);
        };
    }

    private MercuryMessage boot() {
        if (!inBootloader) {
            return refuse(0x04);
        }
        inBootloader = false;
        return new MercuryMessage.Booted();
    }

    private MercuryMessage set(MercuryCommand command) {
        return switch (command) {
            case SetBaud c -> {
                boolean possible = c.baud() >= 9_600 && c.baud() <= 921_600;
                baud = possible ? c.baud() : baud;
                yield done(c, possible);
            }
            case GetTemperature c -> new MercuryMessage.Temperature(hot ? TOO_HOT_CELSIUS : CELSIUS);
            case SetRegion c -> {
                region = c.region();
                yield done(c, true);
            }
            case SetReadPower c -> {
                boolean possible = c.centiDbm() <= MAX_POWER_CENTI_DBM;
                powerCentiDbm = possible ? c.centiDbm() : powerCentiDbm;
                yield done(c, possible);
            }
            case SetProtocol c -> done(c, c.protocol() == SetProtocol.GEN2);
            case SetSearchList c -> searchList(c, c.antennas());
            case DetectAntennas c ->
                new MercuryMessage.AntennaPorts(IntStream.rangeClosed(1, options.ports())
                        .mapToObj(port -> new MercuryMessage.Port(port, !cut.get(port)))
                        .toList());
            case GetReturnLoss c -> new Reply(0x61, MercuryStatus.OK, "06" + perPort(RETURN_LOSS));
            case ReadGpio c -> new Reply(0x66, MercuryStatus.OK, "01" + pins());
            case SetGpo c -> {
                high.set(c.pin(), c.high());
                yield done(c, c.pin() >= 1 && c.pin() <= GPIO_PINS);
            }
            case SetReaderConfig c -> {
                config[c.key()] = c.value();
                yield new Reply(0x9A, MercuryStatus.OK, "01" + hex(c.key()));
            }
            case GetVersion c -> refuse(op(c));
            case GetCurrentProgram c -> refuse(op(c));
            case BootApplication c -> refuse(op(c));
            case StartStreaming c -> refuse(op(c));
            case StopStreaming c -> refuse(op(c));
            case Tunnelled c -> refuse(op(c));
            case Other c -> refuse(op(c));
        };
    }

    private MercuryMessage searchList(MercuryCommand command, List<AntennaPair> antennas) {
        boolean possible = !antennas.isEmpty() && antennas.stream().allMatch(pair -> pair.tx() >= 1 && pair.tx() <= 16);
        if (possible) {
            search.clear();
            antennas.forEach(pair -> search.set(pair.tx()));
        }
        return done(command, possible);
    }

    /** What a vendor's client asks for besides: power mode, options, protocol, protocols, region, power. */
    private MercuryMessage other(int op, String data) {
        return switch (op) {
            case 0x68 -> new Reply(op, MercuryStatus.OK, "00");
            case 0x6A -> option(data);
            case 0x63, 0x70 -> new Reply(op, MercuryStatus.OK, "0005");
            case 0x67 -> new Reply(op, MercuryStatus.OK, hex(region));
            case 0x62 -> new Reply(op, MercuryStatus.OK, "00" + hex(powerCentiDbm >> 8) + hex(powerCentiDbm));
            case 0x91, 0x92, 0x93, 0x96, 0x97, 0x9A, 0x61, 0x66 -> Reply.of(op, MercuryStatus.INVALID_PARAMETER);
            default -> refuse(op);
        };
    }

    /** 01 and a key ask for one of the options. */
    private MercuryMessage option(String data) {
        if (data.length() != 4 || !data.startsWith("01")) {
            return Reply.of(0x6A, MercuryStatus.INVALID_PARAMETER);
        }
        return new Reply(0x6A, MercuryStatus.OK, data + hex(config[HexFormat.fromHexDigits(data, 2, 4)]));
    }

    /** The answer to a command within the stream: packed as the command was. */
    MercuryMessage tunnelled(MercuryCommand inner) {
        byte[] answer = to(inner).encode();
        int length = answer[1] & 0xFF;
        int status = (answer[3] & 0xFF) << 8 | (answer[4] & 0xFF);
        String data = HexFormat.of().withUpperCase().formatHex(answer, 5, 5 + length);
        return new Reply(0x2F, status, "04" + hex(length) + hex(answer[2]) + data);
    }

    private static MercuryMessage done(MercuryCommand command, boolean well) {
        return Reply.of(op(command), well ? MercuryStatus.OK : MercuryStatus.INVALID_PARAMETER);
    }

    private static MercuryMessage refuse(int op) {
        return Reply.of(op, MercuryStatus.INVALID_OPCODE);
    }

    private static int op(MercuryCommand command) {
        return command.encode()[2] & 0xFF;
    }

    private String perPort(int value) {
        StringBuilder text = new StringBuilder();
        for (int port = 1; port <= options.ports(); port++) {
            text.append(hex(port)).append(hex(cut.get(port) ? NO_RETURN_LOSS : value));
        }
        return text.toString();
    }

    private String pins() {
        StringBuilder text = new StringBuilder();
        for (int pin = 1; pin <= GPIO_PINS; pin++) {
            text.append(hex(pin)).append("01").append(high.get(pin) ? "01" : "00");
        }
        return text.toString();
    }

    private static String hex(int value) {
        return HexFormat.of().withUpperCase().toHexDigits((byte) value);
    }
}
