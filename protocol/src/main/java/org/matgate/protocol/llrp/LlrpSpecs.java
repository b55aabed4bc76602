package org.matgate.protocol.llrp;

import org.jspecify.annotations.Nullable;

/**
 * ROSpecs on the wire.
 *
 * <table>
 * <caption>Behind the head; the rest of each is parameters</caption>
 * <tr><td>177</td><td>u32 id, u8 priority, u8 state</td></tr>
 * <tr><td>178</td><td></td></tr>
 * <tr><td>179</td><td>u8 type</td></tr>
 * <tr><td>180</td><td>u32 offset, u32 period, ms</td></tr>
 * <tr><td>181</td><td>u16 port, 1 bit level, 7 bits 0, u32 timeout, ms</td></tr>
 * <tr><td>182, 184</td><td>u8 type, u32 duration, ms</td></tr>
 * <tr><td>183</td><td>u16 count, antennas of u16</td></tr>
 * <tr><td>185</td><td>u8 type, u8 0, u16 tags, u16 attempts, u16 quiet time, u32 timeout, ms</td></tr>
 * <tr><td>186</td><td>u16 id, u8 air protocol</td></tr>
 * </table>
 */
final class LlrpSpecs {
    static final int ROSPEC = 177;

    private LlrpSpecs() {}

    static @Nullable LlrpSpec read(int type, LlrpInput in) {
        return switch (type) {
            case ROSPEC -> new LlrpSpec.RoSpec(in.u32(), in.u8(), in.u8(), in.parameters());
            case 178 -> new LlrpSpec.Boundary(in.parameters());
            case 179 -> new LlrpSpec.StartTrigger(in.u8(), in.parameters());
            case 180 -> new LlrpSpec.PeriodicTrigger(in.u32(), in.u32(), in.parameters());
            case 181 -> new LlrpSpec.GpiTrigger(in.u16(), in.flag(), in.u32());
            case 182 -> new LlrpSpec.StopTrigger(in.u8(), in.u32(), in.parameters());
            case 183 -> new LlrpSpec.AiSpec(in.smallNumbers(2), in.parameters());
            case 184 -> new LlrpSpec.AiStopTrigger(in.u8(), in.u32(), in.parameters());
            case 185 -> new LlrpSpec.TagObservation(in.u8(), in.reserved8().u16(), in.u16(), in.u16(), in.u32());
            case 186 -> new LlrpSpec.InventoryParameterSpec(in.u16(), in.u8(), in.parameters());
            default -> null;
        };
    }

    static void write(LlrpSpec parameter, LlrpOutput out) {
        switch (parameter) {
            case LlrpSpec.RoSpec p ->
                out.tlv(ROSPEC).u32(p.id()).u8(p.priority()).u8(p.state()).parameters(p.parameters());
            case LlrpSpec.Boundary p -> out.tlv(178).parameters(p.parameters());
            case LlrpSpec.StartTrigger p -> out.tlv(179).u8(p.type()).parameters(p.parameters());
            case LlrpSpec.PeriodicTrigger p ->
                out.tlv(180).u32(p.offsetMillis()).u32(p.periodMillis()).parameters(p.parameters());
            case LlrpSpec.GpiTrigger p ->
                out.tlv(181).u16(p.port()).flag(p.high()).u32(p.timeoutMillis());
            case LlrpSpec.StopTrigger p ->
                out.tlv(182).u8(p.type()).u32(p.durationMillis()).parameters(p.parameters());
            case LlrpSpec.AiSpec p -> out.tlv(183).numbers(p.antennas(), 2).parameters(p.parameters());
            case LlrpSpec.AiStopTrigger p ->
                out.tlv(184).u8(p.type()).u32(p.durationMillis()).parameters(p.parameters());
            case LlrpSpec.TagObservation p ->
                out.tlv(185)
                        .u8(p.type())
                        .u8(0)
                        .u16(p.tags())
                        .u16(p.attempts())
                        .u16(p.quietMillis())
                        .u32(p.timeoutMillis());
            case LlrpSpec.InventoryParameterSpec p ->
                out.tlv(186).u16(p.id()).u8(p.protocol()).parameters(p.parameters());
        }
    }
}
