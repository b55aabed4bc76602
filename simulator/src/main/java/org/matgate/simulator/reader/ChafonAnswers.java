package org.matgate.simulator.reader;

import java.util.BitSet;
import java.util.HexFormat;
import org.matgate.protocol.chafon.ChafonBand;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonCommand.*;
import org.matgate.protocol.chafon.ChafonLayout;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonMessage.Pins;
import org.matgate.protocol.chafon.ChafonMessage.ReaderInformation;
import org.matgate.protocol.chafon.ChafonMessage.Reply;
import org.matgate.protocol.chafon.ChafonMessage.ReturnLoss;
import org.matgate.protocol.chafon.ChafonMessage.Temperature;
import org.matgate.protocol.chafon.ChafonStatus;

/**
 * What a Chafon reader is set to, and what it answers to all but inventories. Its settings are in permanent memory: they
 * outlive its power.
 */
final class ChafonAnswers {
    private static final int TYPE_18 = 0x09;
    private static final int TYPE_288 = 0x0C;
    private static final int GEN2_AND_6B = 3;
    private static final int MAX_POWER = 30;
    private static final int LEAST_SCAN_TIME = 3;
    private static final int CELSIUS = 31;
    private static final int TOO_HOT_CELSIUS = 86;
    private static final int RETURN_LOSS = 18;
    /** Nearly all comes back from a cable that ends nowhere. */
    private static final int NO_RETURN_LOSS = 1;

    private final ChafonOptions options;
    private final boolean plain;
    private final BitSet cut = new BitSet();
    private int address;
    private int baud;
    private int power = 26;
    private int scanTime = 10;
    private int antennas = 1;
    private boolean antennaCheck;
    private int returnLossLimit = 9;
    private int mode;
    private int pins;
    private boolean hot;
    private SetRegion region;

    ChafonAnswers(ChafonOptions options) {
        this.options = options;
        this.plain = options.layout() == ChafonLayout.READER18;
        this.baud = options.baud();
        this.antennaCheck = options.antennaCheck();
        this.mode = options.realTime() ? SetMode.REAL_TIME : SetMode.ANSWERS;
        this.region = SetRegion.all(ChafonCommand.ANY, plain ? ChafonBand.US : ChafonBand.EU);
    }

    /** As it is when it is switched on: only what it measures is another. */
    void poweredOn() {
        hot = false;
    }

    int address() {
        return address;
    }

    int baud() {
        return baud;
    }

    /** In 100 ms. */
    int scanTime() {
        return scanTime;
    }

    boolean inRealTime() {
        return mode == SetMode.REAL_TIME;
    }

    void antenna(int port, boolean there) {
        cut.set(port, !there);
    }

    void tooHot(boolean now) {
        hot = now;
    }

    boolean isHot() {
        return hot;
    }

    /** Whether it has this port, and an antenna at it. */
    boolean reaches(int antenna) {
        return hasPort(antenna) && !cut.get(antenna);
    }

    boolean hasPort(int antenna) {
        return antenna >= 1 && antenna <= options.ports();
    }

    /** Whether it would notice that the antenna is not there. */
    boolean misses(int antenna) {
        return antennaCheck && cut.get(antenna);
    }

    /** The answer to any command but an inventory: never silence. */
    ChafonMessage to(ChafonCommand command) {
        return switch (command) {
            case GetInformation c -> information();
            case SetRegion c -> region(c);
            case SetAddress c -> address(c);
            case SetScanTime c -> {
                boolean possible = c.scanTime() >= LEAST_SCAN_TIME || (c.scanTime() == 0 && !plain);
                scanTime = possible ? c.scanTime() : scanTime;
                yield done(c, possible);
            }
            case SetBaud c -> {
                baud = c.baud().orElse(baud);
                yield done(c, c.baud().isPresent());
            }
            case SetPower c -> {
                boolean possible = c.dbm() <= MAX_POWER;
                power = possible ? c.dbm() : power;
                yield done(c, possible);
            }
            case SetWorkMode c -> plain ? done(c, true) : unknown();
            case Other c -> other(c);
            default -> plain ? unknown() : of288(command);
        };
    }

    private ChafonMessage of288(ChafonCommand command) {
        return switch (command) {
            case SetAntennas c -> {
                boolean possible = (c.antennas() & 0x7F) < 1 << options.ports();
                antennas = possible ? c.antennas() : antennas;
                yield done(c, possible);
            }
            case SetPins c -> {
                pins = c.levels() & 3;
                yield done(c, true);
            }
            case GetPins c -> new Pins(address, 1 | pins << 4);
            case CheckAntennas c -> {
                antennaCheck = c.on();
                yield done(c, true);
            }
            case ReturnLossLimit c -> {
                returnLossLimit = (c.value() & 0x80) == 0 ? returnLossLimit : c.value() & 0x7F;
                yield new ChafonMessage.ReturnLossLimit(address, returnLossLimit);
            }
            case SetMode c -> {
                boolean possible = c.mode() <= SetMode.TRIGGERED;
                mode = possible ? c.mode() : mode;
                yield done(c, possible);
            }
            case MeasureReturnLoss c ->
                hasPort(c.antenna())
                        ? new ReturnLoss(address, cut.get(c.antenna()) ? NO_RETURN_LOSS : RETURN_LOSS)
                        : done(c, false);
            case GetTemperature c -> new Temperature(address, hot ? TOO_HOT_CELSIUS : CELSIUS);
            default -> unknown();
        };
    }

    private ChafonMessage information() {
        int max = region.encode()[3] & 0xFF;
        int min = region.encode()[4] & 0xFF;
        String more = hex(antennas & 0x7F) + "0000" + hex(antennaCheck ? 1 : 0);
        return plain
                ? new ReaderInformation(address, 0x0224, TYPE_18, GEN2_AND_6B, max, min, power, scanTime, "")
                : new ReaderInformation(address, 0x0016, TYPE_288, GEN2_AND_6B, max, min, power, scanTime, more);
    }

    private ChafonMessage region(SetRegion wanted) {
        boolean known = ChafonBand.of(wanted.band())
                .filter(band -> wanted.maxChannel() <= band.lastChannel())
                .filter(band -> !plain || band.code() <= ChafonBand.KOREA.code())
                .isPresent();
        boolean possible = known && wanted.minChannel() <= wanted.maxChannel();
        region = possible ? wanted : region;
        return done(wanted, possible);
    }

    private ChafonMessage address(SetAddress wanted) {
        boolean possible = wanted.newAddress() != ChafonCommand.ANY;
        ChafonMessage answer = done(wanted, possible);
        address = possible ? wanted.newAddress() : address;
        return answer;
    }

    /** What clients ask for besides, and commands that are known in another form. */
    private ChafonMessage other(Other command) {
        return switch (command.command()) {
            case 0x4C -> plain ? unknown() : new Reply(address, 0x4C, ChafonStatus.OK, "18070102");
            case 0x36 -> plain ? new Reply(address, 0x36, ChafonStatus.OK, "000000000000000000000000") : unknown();
            case 0x01, 0x21, 0x22, 0x24, 0x25, 0x28, 0x2F ->
                new Reply(address, command.command(), ChafonStatus.WRONG_LENGTH, "");
            default -> unknown();
        };
    }

    private Reply done(ChafonCommand command, boolean well) {
        return new Reply(address, command.code(), well ? ChafonStatus.OK : ChafonStatus.PARAMETER_ERROR, "");
    }

    private Reply unknown() {
        return new Reply(address, 0, ChafonStatus.ILLEGAL_COMMAND, "");
    }

    private static String hex(int value) {
        return HexFormat.of().withUpperCase().toHexDigits((byte) value);
    }
}
