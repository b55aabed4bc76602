package org.matgate.protocol.llrp;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.llrp.LlrpMessage.Custom;
import org.matgate.protocol.llrp.LlrpMessage.Keepalive;
import org.matgate.protocol.llrp.LlrpMessage.Other;
import org.matgate.protocol.llrp.LlrpMessage.ReaderEvent;
import org.matgate.protocol.llrp.LlrpMessage.Reply;
import org.matgate.protocol.llrp.LlrpMessage.RoAccessReport;
import org.matgate.protocol.llrp.LlrpMessage.VendorReply;

/**
 * A reader's messages on the wire.
 *
 * <table>
 * <caption>Behind the head</caption>
 * <tr><td>4, 11 … 13, 30 … 36, 50 … 54, 57, 100</td><td>LLRPStatus, parameters</td></tr>
 * <tr><td>61</td><td>parameters</td></tr>
 * <tr><td>62</td><td>nothing</td></tr>
 * <tr><td>63</td><td>ReaderEventNotificationData</td></tr>
 * <tr><td>1023</td><td>u32 vendor, u8 subtype, the vendor's data</td></tr>
 * </table>
 */
final class LlrpMessages {
    private static final Reply.To[] REPLIES = new Reply.To[LlrpFrame.MAX_TYPE + 1];

    static {
        for (Reply.To to : Reply.To.values()) {
            REPLIES[to.type] = to;
        }
    }

    private LlrpMessages() {}

    static byte[] encode(LlrpMessage message) {
        LlrpOutput out = switch (message) {
            case Reply m ->
                new LlrpOutput(m.to().type, m.id()).parameter(m.status()).parameters(m.parameters());
            case RoAccessReport m -> new LlrpOutput(61, m.id()).parameters(m.parameters());
            case Keepalive m -> new LlrpOutput(62, m.id());
            case ReaderEvent m -> new LlrpOutput(63, m.id()).parameter(m.data());
            case VendorReply m ->
                new LlrpOutput(LlrpFrame.CUSTOM, m.id())
                        .u32(m.vendor())
                        .u8(m.subtype())
                        .parameter(m.status())
                        .parameters(m.parameters());
            case Custom m ->
                new LlrpOutput(LlrpFrame.CUSTOM, m.id())
                        .u32(m.vendor())
                        .u8(m.subtype())
                        .hex(m.data());
            case Other m -> new LlrpOutput(m.type(), m.id()).hex(m.data());
        };
        return out.message();
    }

    /** What a message says whose body has these bounds; empty if its parameters contradict each other. */
    static Optional<LlrpMessage> decode(int type, long id, byte[] bytes, int from, int to) {
        LlrpInput in = new LlrpInput(bytes, from, to);
        LlrpMessage message = type == LlrpFrame.CUSTOM ? custom(id, bytes, to, in) : typed(type, id, in);
        if (in.broken()) {
            return Optional.empty();
        }
        return Optional.of(
                message != null && in.complete() ? message : new Other(id, type, LlrpFrame.hex(bytes, from, to)));
    }

    private static @Nullable LlrpMessage typed(int type, long id, LlrpInput in) {
        return switch (type) {
            case 61 -> new RoAccessReport(id, in.parameters());
            case 62 -> new Keepalive(id);
            case 63 -> readerEvent(id, in.parameters());
            default -> REPLIES[type] == null ? null : reply(id, REPLIES[type], in.parameters());
        };
    }

    private static @Nullable LlrpMessage reply(long id, Reply.To to, List<LlrpParameter> parameters) {
        return !parameters.isEmpty() && parameters.getFirst() instanceof LlrpStatus status
                ? new Reply(id, to, status, parameters.subList(1, parameters.size()))
                : null;
    }

    private static @Nullable LlrpMessage readerEvent(long id, List<LlrpParameter> parameters) {
        return parameters.size() == 1 && parameters.getFirst() instanceof LlrpEvent.Data data
                ? new ReaderEvent(id, data)
                : null;
    }

    private static LlrpMessage custom(long id, byte[] bytes, int to, LlrpInput in) {
        long vendor = in.u32();
        int subtype = in.u8();
        if (repliesWithStatus(vendor, subtype)) {
            LlrpInput reply = new LlrpInput(bytes, to - in.remaining(), to);
            List<LlrpParameter> parameters = reply.parameters();
            if (!reply.broken() && !parameters.isEmpty() && parameters.getFirst() instanceof LlrpStatus status) {
                in.rest();
                return new VendorReply(id, vendor, subtype, status, parameters.subList(1, parameters.size()));
            }
        }
        return new Custom(id, vendor, subtype, in.rest());
    }

    private static boolean repliesWithStatus(long vendor, int subtype) {
        return (vendor == LlrpVendor.IMPINJ && subtype == VendorReply.IMPINJ_ENABLE_EXTENSIONS)
                || (vendor == LlrpVendor.ZEBRA && subtype == VendorReply.ZEBRA_PURGE_TAGS);
    }
}
