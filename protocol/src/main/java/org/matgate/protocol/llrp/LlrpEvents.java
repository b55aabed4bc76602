package org.matgate.protocol.llrp;

import org.jspecify.annotations.Nullable;

/**
 * Events on the wire.
 *
 * <table>
 * <caption>Behind the head; the rest of each is parameters</caption>
 * <tr><td>128, 129</td><td>u64 µs</td></tr>
 * <tr><td>246</td><td></td></tr>
 * <tr><td>248</td><td>u16 port, 1 bit state, 7 bits 0</td></tr>
 * <tr><td>249</td><td>u8 type, u32 ROSpec, u32 the ROSpec that preempted it</td></tr>
 * <tr><td>250</td><td>u8 percent</td></tr>
 * <tr><td>251, 257</td><td>nothing</td></tr>
 * <tr><td>252</td><td>u16 length, message in UTF-8</td></tr>
 * <tr><td>254</td><td>u8 type, u32 ROSpec, u16 spec</td></tr>
 * <tr><td>255</td><td>u8 type, u16 antenna</td></tr>
 * <tr><td>256</td><td>u16 status</td></tr>
 * </table>
 */
final class LlrpEvents {
    static final int DATA = 246;

    private LlrpEvents() {}

    static @Nullable LlrpEvent read(int type, LlrpInput in) {
        return switch (type) {
            case 128 -> new LlrpEvent.UtcTimestamp(in.u64());
            case 129 -> new LlrpEvent.Uptime(in.u64());
            case DATA -> new LlrpEvent.Data(in.parameters());
            case 248 -> new LlrpEvent.Gpi(in.u16(), in.flag());
            case 249 -> new LlrpEvent.RoSpec(in.u8(), in.u32(), in.u32());
            case 250 -> new LlrpEvent.BufferLevel(in.u8());
            case 251 -> new LlrpEvent.BufferOverflow();
            case 252 -> new LlrpEvent.ReaderException(in.text(), in.parameters());
            case 254 -> new LlrpEvent.AiSpec(in.u8(), in.u32(), in.u16(), in.parameters());
            case 255 -> new LlrpEvent.Antenna(in.u8(), in.u16());
            case 256 -> new LlrpEvent.ConnectionAttempt(in.u16());
            case 257 -> new LlrpEvent.ConnectionClose();
            default -> null;
        };
    }

    static void write(LlrpEvent parameter, LlrpOutput out) {
        switch (parameter) {
            case LlrpEvent.UtcTimestamp p -> out.tlv(128).u64(p.micros());
            case LlrpEvent.Uptime p -> out.tlv(129).u64(p.micros());
            case LlrpEvent.Data p -> out.tlv(DATA).parameters(p.parameters());
            case LlrpEvent.Gpi p -> out.tlv(248).u16(p.port()).flag(p.high());
            case LlrpEvent.RoSpec p -> out.tlv(249).u8(p.type()).u32(p.roSpec()).u32(p.preemptedBy());
            case LlrpEvent.BufferLevel p -> out.tlv(250).u8(p.percent());
            case LlrpEvent.BufferOverflow p -> out.tlv(251);
            case LlrpEvent.ReaderException p -> out.tlv(252).text(p.message()).parameters(p.parameters());
            case LlrpEvent.AiSpec p ->
                out.tlv(254).u8(p.type()).u32(p.roSpec()).u16(p.spec()).parameters(p.parameters());
            case LlrpEvent.Antenna p -> out.tlv(255).u8(p.type()).u16(p.antenna());
            case LlrpEvent.ConnectionAttempt p -> out.tlv(256).u16(p.status());
            case LlrpEvent.ConnectionClose p -> out.tlv(257);
        }
    }
}
