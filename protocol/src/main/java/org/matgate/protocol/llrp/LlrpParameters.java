package org.matgate.protocol.llrp;

import org.jspecify.annotations.Nullable;

/**
 * All parameters, by their groups; here those of status.
 *
 * <table>
 * <caption>Behind the head; the rest of each is parameters</caption>
 * <tr><td>287</td><td>u16 code, u16 length, description in UTF-8</td></tr>
 * <tr><td>288</td><td>u16 field, u16 code</td></tr>
 * <tr><td>289</td><td>u16 parameter type, u16 code</td></tr>
 * </table>
 */
final class LlrpParameters {
    static final int STATUS = 287;

    private LlrpParameters() {}

    /** The parameter of this type, read to its end; null if there is no record for it. */
    static @Nullable LlrpParameter read(int type, LlrpInput in) {
        if (type < LlrpFrame.FIRST_TLV) {
            return LlrpTags.readShort(type, in);
        }
        return switch (type) {
            case 240, 241 -> LlrpTags.read(type, in);
            case LlrpFrame.CUSTOM -> LlrpVendors.read(in);
            case STATUS -> new LlrpStatus(in.u16(), in.text(), in.parameters());
            case 288 -> new LlrpStatus.FieldError(in.u16(), in.u16());
            case 289 -> new LlrpStatus.ParameterError(in.u16(), in.u16(), in.parameters());
            default -> readGroups(type, in);
        };
    }

    private static @Nullable LlrpParameter readGroups(int type, LlrpInput in) {
        LlrpParameter parameter = LlrpEvents.read(type, in);
        if (parameter == null) {
            parameter = LlrpConfigs.read(type, in);
        }
        if (parameter == null) {
            parameter = LlrpSpecs.read(type, in);
        }
        return parameter == null ? LlrpCapabilities.read(type, in) : parameter;
    }

    static void write(LlrpParameter parameter, LlrpOutput out) {
        switch (parameter) {
            case LlrpTag p -> LlrpTags.write(p, out);
            case LlrpVendor p -> LlrpVendors.write(p, out);
            case LlrpEvent p -> LlrpEvents.write(p, out);
            case LlrpConfig p -> LlrpConfigs.write(p, out);
            case LlrpSpec p -> LlrpSpecs.write(p, out);
            case LlrpCapability p -> LlrpCapabilities.write(p, out);
            case LlrpStatus p ->
                out.tlv(STATUS).u16(p.code()).text(p.description()).parameters(p.parameters());
            case LlrpStatus.FieldError p -> out.tlv(288).u16(p.field()).u16(p.code());
            case LlrpStatus.ParameterError p ->
                out.tlv(289).u16(p.type()).u16(p.code()).parameters(p.parameters());
            case LlrpParameter.Other p -> out.tlv(p.type()).hex(p.data());
        }
    }
}
