package org.matgate.protocol.llrp;

import java.util.HashMap;
import java.util.Map;

/**
 * Vendors' parameters on the wire: u32 vendor, u32 subtype, then the vendor's data.
 *
 * <table>
 * <caption>Impinj, by subtype</caption>
 * <tr><td>one number</td><td>see {@link LlrpVendor.Impinj.Kind}</td></tr>
 * <tr><td>38</td><td>u16 mode, u16 missed keepalives</td></tr>
 * <tr><td>50</td><td>parameters</td></tr>
 * </table>
 */
final class LlrpVendors {
    private static final Map<Long, LlrpVendor.Impinj.Kind> KINDS = new HashMap<>();

    static {
        for (LlrpVendor.Impinj.Kind kind : LlrpVendor.Impinj.Kind.values()) {
            KINDS.put((long) kind.subtype, kind);
        }
    }

    private LlrpVendors() {}

    static LlrpVendor read(LlrpInput in) {
        long vendor = in.u32();
        long subtype = in.u32();
        if (vendor == LlrpVendor.IMPINJ) {
            return impinj(subtype, in);
        }
        return new LlrpVendor.Custom(vendor, subtype, in.rest());
    }

    private static LlrpVendor impinj(long subtype, LlrpInput in) {
        LlrpVendor.Impinj.Kind kind = KINDS.get(subtype);
        if (kind != null && in.remaining() == kind.bytes) {
            return new LlrpVendor.Impinj(kind, in.number(kind.bytes, kind.signed));
        }
        if (subtype == 38 && in.remaining() == 4) {
            return new LlrpVendor.ImpinjLinkMonitor(in.u16(), in.u16());
        }
        if (subtype == 50) {
            return new LlrpVendor.ImpinjTagReportContentSelector(in.parameters());
        }
        return new LlrpVendor.Custom(LlrpVendor.IMPINJ, subtype, in.rest());
    }

    static void write(LlrpVendor parameter, LlrpOutput out) {
        switch (parameter) {
            case LlrpVendor.Custom p -> out.custom(p.vendor(), p.subtype()).hex(p.data());
            case LlrpVendor.Impinj p ->
                out.custom(LlrpVendor.IMPINJ, p.kind().subtype).number(p.value(), p.kind().bytes);
            case LlrpVendor.ImpinjLinkMonitor p ->
                out.custom(LlrpVendor.IMPINJ, 38).u16(p.mode()).u16(p.missedKeepalives());
            case LlrpVendor.ImpinjTagReportContentSelector p ->
                out.custom(LlrpVendor.IMPINJ, 50).parameters(p.parameters());
        }
    }
}
