package org.matgate.protocol.llrp;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.llrp.LlrpCommand.AddRoSpec;
import org.matgate.protocol.llrp.LlrpCommand.CloseConnection;
import org.matgate.protocol.llrp.LlrpCommand.Custom;
import org.matgate.protocol.llrp.LlrpCommand.DeleteAccessSpec;
import org.matgate.protocol.llrp.LlrpCommand.DeleteRoSpec;
import org.matgate.protocol.llrp.LlrpCommand.DisableRoSpec;
import org.matgate.protocol.llrp.LlrpCommand.EnableEventsAndReports;
import org.matgate.protocol.llrp.LlrpCommand.EnableRoSpec;
import org.matgate.protocol.llrp.LlrpCommand.GetReaderCapabilities;
import org.matgate.protocol.llrp.LlrpCommand.GetReaderConfig;
import org.matgate.protocol.llrp.LlrpCommand.GetReport;
import org.matgate.protocol.llrp.LlrpCommand.GetRoSpecs;
import org.matgate.protocol.llrp.LlrpCommand.KeepaliveAck;
import org.matgate.protocol.llrp.LlrpCommand.Other;
import org.matgate.protocol.llrp.LlrpCommand.SetReaderConfig;
import org.matgate.protocol.llrp.LlrpCommand.StartRoSpec;
import org.matgate.protocol.llrp.LlrpCommand.StopRoSpec;

/**
 * A client's messages on the wire.
 *
 * <table>
 * <caption>Behind the head; the rest of 1, 2 and 3 is parameters</caption>
 * <tr><td>1</td><td>u8 what is requested</td></tr>
 * <tr><td>2</td><td>u16 antenna, u8 what is requested, u16 input, u16 output</td></tr>
 * <tr><td>3</td><td>1 bit reset to factory settings, 7 bits 0</td></tr>
 * <tr><td>14, 26, 60, 64, 72</td><td>nothing</td></tr>
 * <tr><td>20</td><td>ROSpec</td></tr>
 * <tr><td>21 … 25, 41</td><td>u32 id of the ROSpec or AccessSpec</td></tr>
 * <tr><td>1023</td><td>u32 vendor, u8 subtype, the vendor's data</td></tr>
 * </table>
 */
final class LlrpCommands {
    private LlrpCommands() {}

    static byte[] encode(LlrpCommand command) {
        return switch (command) {
            case GetReaderCapabilities c ->
                new LlrpOutput(1, c.id())
                        .u8(c.requested())
                        .parameters(c.parameters())
                        .message();
            case GetReaderConfig c -> encode(c);
            case SetReaderConfig c ->
                new LlrpOutput(3, c.id())
                        .flag(c.resetToFactory())
                        .parameters(c.parameters())
                        .message();
            case CloseConnection c -> new LlrpOutput(14, c.id()).message();
            case AddRoSpec c -> new LlrpOutput(20, c.id()).parameter(c.roSpec()).message();
            case DeleteRoSpec c -> new LlrpOutput(21, c.id()).u32(c.roSpec()).message();
            case StartRoSpec c -> new LlrpOutput(22, c.id()).u32(c.roSpec()).message();
            case StopRoSpec c -> new LlrpOutput(23, c.id()).u32(c.roSpec()).message();
            case EnableRoSpec c -> new LlrpOutput(24, c.id()).u32(c.roSpec()).message();
            case DisableRoSpec c -> new LlrpOutput(25, c.id()).u32(c.roSpec()).message();
            case GetRoSpecs c -> new LlrpOutput(26, c.id()).message();
            case DeleteAccessSpec c ->
                new LlrpOutput(41, c.id()).u32(c.accessSpec()).message();
            case GetReport c -> new LlrpOutput(60, c.id()).message();
            case EnableEventsAndReports c -> new LlrpOutput(64, c.id()).message();
            case KeepaliveAck c -> new LlrpOutput(72, c.id()).message();
            case Custom c ->
                new LlrpOutput(LlrpFrame.CUSTOM, c.id())
                        .u32(c.vendor())
                        .u8(c.subtype())
                        .hex(c.data())
                        .message();
            case Other c -> new LlrpOutput(c.type(), c.id()).hex(c.data()).message();
        };
    }

    private static byte[] encode(GetReaderConfig command) {
        return new LlrpOutput(2, command.id())
                .u16(command.antenna())
                .u8(command.requested())
                .u16(command.gpiPort())
                .u16(command.gpoPort())
                .parameters(command.parameters())
                .message();
    }

    /** What a message says whose body has these bounds; empty if its parameters contradict each other. */
    static Optional<LlrpCommand> decode(int type, long id, byte[] bytes, int from, int to) {
        LlrpInput in = new LlrpInput(bytes, from, to);
        LlrpCommand command = typed(type, id, in);
        if (in.broken()) {
            return Optional.empty();
        }
        return Optional.of(
                command != null && in.complete() ? command : new Other(id, type, LlrpFrame.hex(bytes, from, to)));
    }

    private static @Nullable LlrpCommand typed(int type, long id, LlrpInput in) {
        return switch (type) {
            case 1 -> new GetReaderCapabilities(id, in.u8(), in.parameters());
            case 2 -> new GetReaderConfig(id, in.u16(), in.u8(), in.u16(), in.u16(), in.parameters());
            case 3 -> new SetReaderConfig(id, in.flag(), in.parameters());
            case 14 -> new CloseConnection(id);
            case 20 -> addRoSpec(id, in.parameters());
            case 21 -> new DeleteRoSpec(id, in.u32());
            case 22 -> new StartRoSpec(id, in.u32());
            case 23 -> new StopRoSpec(id, in.u32());
            case 24 -> new EnableRoSpec(id, in.u32());
            case 25 -> new DisableRoSpec(id, in.u32());
            case 26 -> new GetRoSpecs(id);
            case 41 -> new DeleteAccessSpec(id, in.u32());
            case 60 -> new GetReport(id);
            case 64 -> new EnableEventsAndReports(id);
            case 72 -> new KeepaliveAck(id);
            case LlrpFrame.CUSTOM -> new Custom(id, in.u32(), in.u8(), in.rest());
            default -> null;
        };
    }

    private static @Nullable LlrpCommand addRoSpec(long id, List<LlrpParameter> parameters) {
        return parameters.size() == 1 && parameters.getFirst() instanceof LlrpSpec.RoSpec spec
                ? new AddRoSpec(id, spec)
                : null;
    }
}
