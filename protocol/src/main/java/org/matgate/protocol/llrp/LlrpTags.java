package org.matgate.protocol.llrp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sightings on the wire.
 *
 * <table>
 * <caption>Behind the head</caption>
 * <tr><td>1 … 20, TV</td><td>one number, see {@link LlrpTag.Field.Kind}; signed only PeakRSSI</td></tr>
 * <tr><td>13, TV</td><td>12 bytes: EPC-96</td></tr>
 * <tr><td>240</td><td>parameters, an EPC among them</td></tr>
 * <tr><td>241</td><td>u16 bits, EPC in whole bytes</td></tr>
 * </table>
 */
final class LlrpTags {
    private static final int EPC_96 = 13;

    private LlrpTags() {}

    /** A TV parameter that {@link LlrpFrame#parameterLength} knows. */
    static LlrpParameter readShort(int type, LlrpInput in) {
        if (type == EPC_96) {
            return in.epc96();
        }
        LlrpTag.Field.Kind kind = LlrpFrame.kind(type);
        return new LlrpTag.Field(kind, in.number(kind.bytes, kind == LlrpTag.Field.Kind.PEAK_RSSI));
    }

    static @Nullable LlrpParameter read(int type, LlrpInput in) {
        return type == 240 ? tagReportData(in) : epcData(in);
    }

    /** A sighting without an EPC is none: damage that took the EPC must not make the read vanish without a word. */
    private static @Nullable LlrpTag tagReportData(LlrpInput in) {
        List<LlrpParameter> parameters = in.parameters();
        for (LlrpParameter parameter : parameters) {
            if (parameter instanceof LlrpTag.Epc) {
                return new LlrpTag.TagReportData(parameters);
            }
        }
        in.breakOff();
        return null;
    }

    private static @Nullable LlrpTag epcData(LlrpInput in) {
        int bits = in.u16();
        String hex = in.hex((bits + 7) / 8);
        return in.complete() ? new LlrpTag.EpcData(bits, hex) : null;
    }

    static void write(LlrpTag parameter, LlrpOutput out) {
        switch (parameter) {
            case LlrpTag.Epc96 p -> out.tv(EPC_96).hex(p.epc().hex());
            case LlrpTag.EpcData p -> out.tlv(241).u16(p.bits()).hex(p.hex());
            case LlrpTag.Field p -> out.tv(p.kind().type).number(p.value(), p.kind().bytes);
            case LlrpTag.TagReportData p -> out.tlv(240).parameters(p.parameters());
        }
    }
}
