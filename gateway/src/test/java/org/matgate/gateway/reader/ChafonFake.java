package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonCommand.AntennaInventory;
import org.matgate.protocol.chafon.ChafonCommandParser;
import org.matgate.protocol.chafon.ChafonLayout;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonMessage.Inventory;
import org.matgate.protocol.chafon.ChafonMessage.ReaderInformation;
import org.matgate.protocol.chafon.ChafonMessage.Reply;
import org.matgate.protocol.chafon.ChafonTag;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.Skipped;

/** A Chafon reader as far as its answers go. Inventories are answered at once, and hold the chips given to them once. */
final class ChafonFake {
    boolean plain;
    boolean silent;
    /** Inventories are heard and not answered, as those of a busy reader. */
    boolean busy;

    int maxFrequency = 0x4E;
    int minFrequency;
    int power = 20;
    int scanTime = 10;
    int decibels = 18;
    /** What it says instead, by command. */
    final Map<Integer, List<ChafonMessage>> instead = new HashMap<>();
    /** What an inventory of this antenna ends with instead of 01. */
    final Map<Integer, Integer> endings = new HashMap<>();

    final List<ChafonTag> chips = new ArrayList<>();
    final List<ChafonCommand> heard = new ArrayList<>();
    private final ChafonCommandParser parser = new ChafonCommandParser();

    List<byte[]> answer(byte[] bytes) {
        List<byte[]> replies = new ArrayList<>();
        parser.parse(bytes, 0, bytes.length, new FrameParser.Sink<>() {
            @Override
            public void message(ChafonCommand command, FramePosition position) {
                heard.add(command);
                if (!silent) {
                    reply(command).forEach(message -> replies.add(message.encode()));
                }
            }

            @Override
            public void skipped(Skipped skipped) {
                throw new AssertionError("the gateway sent " + skipped);
            }
        });
        return replies;
    }

    ReaderInformation information() {
        return plain
                ? new ReaderInformation(0, 0x0205, 0x09, 3, 0x31, 0x80, power, scanTime, "")
                : new ReaderInformation(0, 0x0016, 0x0C, 3, maxFrequency, minFrequency, power, scanTime, "01000000");
    }

    private List<ChafonMessage> reply(ChafonCommand command) {
        int code = command.code();
        if (instead.containsKey(code)) {
            return instead.get(code);
        }
        return switch (command) {
            case ChafonCommand.GetInformation c -> List.of(information());
            case ChafonCommand.GetTemperature c -> List.of(new ChafonMessage.Temperature(0, 31));
            case ChafonCommand.MeasureReturnLoss c -> List.of(new ChafonMessage.ReturnLoss(0, decibels));
            case ChafonCommand.SetMode c -> List.of(plain ? new Reply(0, 0, 0xFE, "") : new Reply(0, code, 0, ""));
            case ChafonCommand.SetPower c -> {
                power = c.dbm();
                yield List.of(new Reply(0, code, 0, ""));
            }
            case ChafonCommand.SetRegion c -> {
                maxFrequency = c.encode()[3] & 0xFF;
                minFrequency = c.encode()[4] & 0xFF;
                yield List.of(new Reply(0, code, 0, ""));
            }
            case ChafonCommand.SetScanTime c -> {
                scanTime = c.scanTime();
                yield List.of(new Reply(0, code, 0, ""));
            }
            case ChafonCommand.Inventory c -> inventory(ChafonLayout.READER18, 0, 1);
            case AntennaInventory c ->
                inventory(ChafonLayout.READER288, 1 << (c.antenna() - 1), endings.getOrDefault(c.antenna(), 1));
            default -> List.of(new Reply(0, code, 0, ""));
        };
    }

    private List<ChafonMessage> inventory(ChafonLayout layout, int antennas, int status) {
        if (busy) {
            return List.of();
        }
        List<ChafonTag> seen = List.copyOf(chips);
        chips.clear();
        return List.of(new Inventory(0, layout, status, antennas, seen));
    }
}
