package org.matgate.protocol.llrp;

import org.jspecify.annotations.Nullable;

/**
 * Capabilities on the wire.
 *
 * <table>
 * <caption>Behind the head; the rest of each is parameters</caption>
 * <tr><td>137</td><td>u16 antennas, u16 flags, u32 manufacturer, u32 model, u16 length, firmware in UTF-8</td></tr>
 * <tr><td>139</td><td>u16 index, s16 dB</td></tr>
 * <tr><td>140</td><td>u16 antenna, u16 count, protocols of u8</td></tr>
 * <tr><td>141</td><td>u16 inputs, u16 outputs</td></tr>
 * <tr><td>142</td><td>u8 flags, u8 priorities, u16 timeout, ms, five maxima of u32</td></tr>
 * <tr><td>143</td><td>u16 country, u16 standard</td></tr>
 * <tr><td>144, 328</td><td></td></tr>
 * <tr><td>145</td><td>u16 index, s16 power</td></tr>
 * <tr><td>146</td><td>1 bit hopping, 7 bits 0</td></tr>
 * <tr><td>147</td><td>u8 id, u8 0, u16 count, frequencies of u32</td></tr>
 * <tr><td>148</td><td>u16 count, frequencies of u32</td></tr>
 * <tr><td>149</td><td>u16 antenna, u16 from, u16 to</td></tr>
 * <tr><td>327</td><td>u8 flags, u16 filters</td></tr>
 * <tr><td>329</td><td>u32 id, u8 flags, u8 Miller, u8 modulation, u8 mask, u32 bit/s, u32 PIE, u32 least, most, step of
 * Tari</td></tr>
 * </table>
 */
final class LlrpCapabilities {
    private LlrpCapabilities() {}

    static @Nullable LlrpCapability read(int type, LlrpInput in) {
        return switch (type) {
            case 137 ->
                new LlrpCapability.GeneralDevice(in.u16(), in.u16(), in.u32(), in.u32(), in.text(), in.parameters());
            case 139 -> new LlrpCapability.ReceiveSensitivity(in.u16(), in.s16());
            case 140 -> new LlrpCapability.AntennaAirProtocols(in.u16(), in.smallNumbers(1));
            case 141 -> new LlrpCapability.Gpio(in.u16(), in.u16());
            case 142 ->
                new LlrpCapability.Llrp(in.u8(), in.u8(), in.u16(), in.u32(), in.u32(), in.u32(), in.u32(), in.u32());
            case 143 -> new LlrpCapability.Regulatory(in.u16(), in.u16(), in.parameters());
            case 144 -> new LlrpCapability.UhfBand(in.parameters());
            case 145 -> new LlrpCapability.TransmitPower(in.u16(), in.s16());
            case 146 -> new LlrpCapability.FrequencyInformation(in.flag(), in.parameters());
            case 147 -> new LlrpCapability.HopTable(in.u8(), in.reserved8().numbers(4));
            case 148 -> new LlrpCapability.FixedFrequencies(in.numbers(4));
            case 149 -> new LlrpCapability.AntennaReceiveSensitivity(in.u16(), in.u16(), in.u16());
            case 327 -> new LlrpCapability.C1g2(in.u8(), in.u16());
            case 328 -> new LlrpCapability.RfModes(in.parameters());
            case 329 -> rfMode(in);
            default -> null;
        };
    }

    private static LlrpCapability.RfMode rfMode(LlrpInput in) {
        return new LlrpCapability.RfMode(
                in.u32(), in.u8(), in.u8(), in.u8(), in.u8(), in.u32(), in.u32(), in.u32(), in.u32(), in.u32());
    }

    static void write(LlrpCapability parameter, LlrpOutput out) {
        switch (parameter) {
            case LlrpCapability.GeneralDevice p -> write(p, out);
            case LlrpCapability.ReceiveSensitivity p ->
                out.tlv(139).u16(p.index()).s16(p.belowBestDb());
            case LlrpCapability.AntennaAirProtocols p ->
                out.tlv(140).u16(p.antenna()).numbers(p.protocols(), 1);
            case LlrpCapability.Gpio p -> out.tlv(141).u16(p.inputs()).u16(p.outputs());
            case LlrpCapability.Llrp p -> write(p, out);
            case LlrpCapability.Regulatory p ->
                out.tlv(143).u16(p.country()).u16(p.standard()).parameters(p.parameters());
            case LlrpCapability.UhfBand p -> out.tlv(144).parameters(p.parameters());
            case LlrpCapability.TransmitPower p -> out.tlv(145).u16(p.index()).s16(p.centiDbm());
            case LlrpCapability.FrequencyInformation p ->
                out.tlv(146).flag(p.hopping()).parameters(p.parameters());
            case LlrpCapability.HopTable p -> out.tlv(147).u8(p.id()).u8(0).numbers(p.kiloHertz(), 4);
            case LlrpCapability.FixedFrequencies p -> out.tlv(148).numbers(p.kiloHertz(), 4);
            case LlrpCapability.AntennaReceiveSensitivity p ->
                out.tlv(149).u16(p.antenna()).u16(p.minIndex()).u16(p.maxIndex());
            case LlrpCapability.C1g2 p -> out.tlv(327).u8(p.flags()).u16(p.maxSelectFilters());
            case LlrpCapability.RfModes p -> out.tlv(328).parameters(p.parameters());
            case LlrpCapability.RfMode p -> write(p, out);
        }
    }

    private static void write(LlrpCapability.GeneralDevice general, LlrpOutput out) {
        out.tlv(137)
                .u16(general.maxAntennas())
                .u16(general.flags())
                .u32(general.manufacturer())
                .u32(general.model())
                .text(general.firmware())
                .parameters(general.parameters());
    }

    private static void write(LlrpCapability.Llrp llrp, LlrpOutput out) {
        out.tlv(142)
                .u8(llrp.flags())
                .u8(llrp.priorityLevels())
                .u16(llrp.opSpecTimeoutMillis())
                .u32(llrp.maxRoSpecs())
                .u32(llrp.maxSpecsPerRoSpec())
                .u32(llrp.maxInventoryParameterSpecsPerAiSpec())
                .u32(llrp.maxAccessSpecs())
                .u32(llrp.maxOpSpecsPerAccessSpec());
    }

    private static void write(LlrpCapability.RfMode mode, LlrpOutput out) {
        out.tlv(329)
                .u32(mode.id())
                .u8(mode.flags())
                .u8(mode.miller())
                .u8(mode.modulation())
                .u8(mode.spectralMask())
                .u32(mode.bitsPerSecond())
                .u32(mode.pie())
                .u32(mode.minTariNanos())
                .u32(mode.maxTariNanos())
                .u32(mode.stepTariNanos());
    }
}
