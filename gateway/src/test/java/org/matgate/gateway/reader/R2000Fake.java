package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Code;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000CommandParser;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.r2000.R2000Message.Result;
import org.matgate.protocol.r2000.R2000Region;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.Skipped;

/** An R2000 module as far as its answers go; a round ends when the test says so. */
final class R2000Fake {
    boolean silent;
    int power = 30;
    int detector;
    R2000Region region = new R2000Region.Standard(R2000Region.ETSI, 0, 6);
    int celsius = 31;
    /** What it says instead, by command. */
    final Map<Integer, List<R2000Message>> instead = new HashMap<>();
    /** Return loss by antenna. */
    final Map<Integer, Integer> returnLoss = new HashMap<>();

    final List<R2000Command> heard = new ArrayList<>();
    private final R2000CommandParser parser = new R2000CommandParser();
    private int workAntenna = 1;

    List<R2000Message> answer(byte[] bytes) {
        List<R2000Message> replies = new ArrayList<>();
        parser.parse(bytes, 0, bytes.length, new FrameParser.Sink<>() {
            @Override
            public void message(R2000Addressed request, FramePosition position) {
                R2000Command command = request.command();
                heard.add(command);
                if (!silent) {
                    replies.addAll(
                            instead.containsKey(command.number()) ? instead.get(command.number()) : reply(command));
                }
            }

            @Override
            public void skipped(Skipped skipped) {
                throw new AssertionError("the gateway sent " + skipped);
            }
        });
        return replies;
    }

    private List<R2000Message> reply(R2000Command command) {
        if (R2000Command.isInventory(command.number())) {
            return List.of();
        }
        return switch (command) {
            case R2000Command.Reset c -> List.of();
            case R2000Command.GetVersion c -> List.of(new R2000Message.Version(1, 9));
            case R2000Command.GetRegion c -> List.of(new R2000Message.Region(region));
            case R2000Command.GetPower c -> List.of(new R2000Message.Power(List.of(power)));
            case R2000Command.GetAntennaDetector c -> List.of(new R2000Message.AntennaDetector(detector));
            case R2000Command.GetTemperature c ->
                List.of(new R2000Message.Temperature(celsius < 0 ? 0 : 1, Math.abs(celsius)));
            case R2000Command.GetReturnLoss c ->
                List.of(new R2000Message.ReturnLoss(returnLoss.getOrDefault(workAntenna, 18)));
            case R2000Command.SetWorkAntenna c -> {
                workAntenna = c.antenna();
                yield List.of(new Result(c.number(), R2000Code.OK));
            }
            default -> List.of(new Result(command.number(), R2000Code.OK));
        };
    }
}
