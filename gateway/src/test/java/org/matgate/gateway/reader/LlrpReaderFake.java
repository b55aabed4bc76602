package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.matgate.protocol.llrp.LlrpCapability;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpCommandParser;
import org.matgate.protocol.llrp.LlrpConfig;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpMessage.Reply.To;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpSpec;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.llrp.LlrpVendor;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.Skipped;

/** Answers as an LLRP reader does, as far as a session of the gateway asks. */
final class LlrpReaderFake {
    long vendor = LlrpVendor.IMPINJ;
    boolean silent;

    /** Commands that it refuses, by class. */
    final Set<Class<? extends LlrpCommand>> refused = new HashSet<>();

    /** Whether it has begun the connection in hold, and what it tells when it is released. */
    boolean holds;

    final List<LlrpMessage> held = new ArrayList<>();
    final List<LlrpCommand> heard = new ArrayList<>();
    final Map<Long, LlrpSpec.RoSpec> roSpecs = new HashMap<>();
    private final LlrpCommandParser parser = new LlrpCommandParser();

    List<LlrpMessage> answer(byte[] bytes) {
        List<LlrpMessage> replies = new ArrayList<>();
        parser.parse(bytes, 0, bytes.length, new FrameParser.Sink<>() {
            @Override
            public void message(LlrpCommand command, FramePosition position) {
                heard.add(command);
                if (!silent) {
                    replies.addAll(reply(command));
                }
            }

            @Override
            public void skipped(Skipped skipped) {
                throw new AssertionError("the gateway sent " + skipped);
            }
        });
        return replies;
    }

    private List<LlrpMessage> reply(LlrpCommand command) {
        if (refused.contains(command.getClass())) {
            return List.of(LlrpMessage.Reply.of(
                    command.id(), to(command), LlrpStatus.of(LlrpStatus.PARAMETER_ERROR, "not with me")));
        }
        return switch (command) {
            case LlrpCommand.GetReaderCapabilities c -> List.of(ok(c, capabilities()));
            case LlrpCommand.GetRoSpecs c -> List.of(ok(c, List.copyOf(roSpecs.values())));
            case LlrpCommand.AddRoSpec c -> {
                // As real ones do, or a session would have to be content with its own spec only.
                if (vendor != LlrpVendor.IMPINJ
                        && !c.roSpec().all(LlrpVendor.Impinj.class).isEmpty()) {
                    throw new AssertionError("Impinj's parameters to a reader of vendor " + vendor);
                }
                roSpecs.put(c.roSpec().id(), c.roSpec());
                yield List.of(ok(c, List.of()));
            }
            case LlrpCommand.EnableRoSpec c -> {
                roSpecs.computeIfPresent(
                        c.roSpec(),
                        (id, spec) ->
                                new LlrpSpec.RoSpec(id, spec.priority(), LlrpSpec.RoSpec.ACTIVE, spec.parameters()));
                yield List.of(ok(c, List.of()));
            }
            case LlrpCommand.DeleteRoSpec c -> {
                roSpecs.clear();
                yield List.of(ok(c, List.of()));
            }
            case LlrpCommand.GetReaderConfig c ->
                List.of(ok(
                        c,
                        List.of(
                                new LlrpConfig.AntennaProperties(true, 1, 0),
                                new LlrpConfig.AntennaProperties(false, 2, 0),
                                new LlrpVendor.Impinj(LlrpVendor.Impinj.Kind.TEMPERATURE, 41))));
            case LlrpCommand.Custom c ->
                List.of(new LlrpMessage.VendorReply(c.id(), c.vendor(), c.subtype() + 1, LlrpStatus.OK, List.of()));
            case LlrpCommand.EnableEventsAndReports c -> {
                holds = false;
                List<LlrpMessage> released = List.copyOf(held);
                held.clear();
                yield released;
            }
            case LlrpCommand.KeepaliveAck c -> List.of();
            default -> List.of(ok(command, List.of()));
        };
    }

    private List<LlrpParameter> capabilities() {
        return List.of(
                new LlrpCapability.GeneralDevice(4, 0xC000, vendor, 2_001_002, "5.12.0", List.of()),
                new LlrpCapability.Regulatory(
                        840,
                        1,
                        List.of(new LlrpCapability.UhfBand(List.of(
                                new LlrpCapability.TransmitPower(1, 1_000),
                                new LlrpCapability.TransmitPower(81, 3_000),
                                new LlrpCapability.TransmitPower(91, 3_250),
                                new LlrpCapability.FrequencyInformation(
                                        true, List.of(new LlrpCapability.HopTable(1, List.of(902_750L)))))))));
    }

    private static LlrpMessage ok(LlrpCommand command, List<? extends LlrpParameter> parameters) {
        return new LlrpMessage.Reply(command.id(), to(command), LlrpStatus.OK, List.copyOf(parameters));
    }

    private static To to(LlrpCommand command) {
        return switch (command) {
            case LlrpCommand.GetReaderCapabilities c -> To.GET_READER_CAPABILITIES;
            case LlrpCommand.GetReaderConfig c -> To.GET_READER_CONFIG;
            case LlrpCommand.SetReaderConfig c -> To.SET_READER_CONFIG;
            case LlrpCommand.CloseConnection c -> To.CLOSE_CONNECTION;
            case LlrpCommand.AddRoSpec c -> To.ADD_ROSPEC;
            case LlrpCommand.DeleteRoSpec c -> To.DELETE_ROSPEC;
            case LlrpCommand.EnableRoSpec c -> To.ENABLE_ROSPEC;
            case LlrpCommand.GetRoSpecs c -> To.GET_ROSPECS;
            case LlrpCommand.DeleteAccessSpec c -> To.DELETE_ACCESSSPEC;
            default -> To.UNINTELLIGIBLE;
        };
    }
}
