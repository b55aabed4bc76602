package org.matgate.protocol.llrp;

import org.jspecify.annotations.Nullable;

/**
 * Settings on the wire.
 *
 * <table>
 * <caption>Behind the head; the rest of each is parameters</caption>
 * <tr><td>217</td><td>u32</td></tr>
 * <tr><td>218</td><td>u8 type, u16 count, bytes</td></tr>
 * <tr><td>219</td><td>u16 port, 1 bit level, 7 bits 0</td></tr>
 * <tr><td>220</td><td>u8 trigger, u32 period, ms</td></tr>
 * <tr><td>221</td><td>1 bit connected, 7 bits 0, u16 antenna, s16 gain</td></tr>
 * <tr><td>222</td><td>u16 antenna</td></tr>
 * <tr><td>223</td><td>u16 sensitivity</td></tr>
 * <tr><td>224</td><td>u16 hop table, u16 channel, u16 power</td></tr>
 * <tr><td>225</td><td>u16 port, 1 bit enabled, 7 bits 0, u8 state</td></tr>
 * <tr><td>226</td><td>1 bit hold, 7 bits 0</td></tr>
 * <tr><td>237</td><td>u8 trigger, u16 N</td></tr>
 * <tr><td>238</td><td>u16 fields</td></tr>
 * <tr><td>239</td><td>u8 trigger</td></tr>
 * <tr><td>244</td><td></td></tr>
 * <tr><td>245</td><td>u16 event, 1 bit wanted, 7 bits 0</td></tr>
 * <tr><td>330</td><td>1 bit state aware, 7 bits 0</td></tr>
 * <tr><td>335</td><td>u16 mode, u16 Tari, ns</td></tr>
 * <tr><td>336</td><td>2 bits session, 6 bits 0, u16 population, u32 transit time, ms</td></tr>
 * <tr><td>337, 348</td><td>u8 flags</td></tr>
 * </table>
 */
final class LlrpConfigs {
    private LlrpConfigs() {}

    static @Nullable LlrpConfig read(int type, LlrpInput in) {
        return switch (type) {
            case 217 -> new LlrpConfig.StateValue(in.u32());
            case 218 -> new LlrpConfig.Identification(in.u8(), in.hex(in.u16()));
            case 219 -> new LlrpConfig.GpoWriteData(in.u16(), in.flag());
            case 220 -> new LlrpConfig.KeepaliveSpec(in.u8(), in.u32());
            case 221 -> new LlrpConfig.AntennaProperties(in.flag(), in.u16(), in.s16());
            case 222 -> new LlrpConfig.AntennaConfiguration(in.u16(), in.parameters());
            case 223 -> new LlrpConfig.RfReceiver(in.u16());
            case 224 -> new LlrpConfig.RfTransmitter(in.u16(), in.u16(), in.u16());
            case 225 -> new LlrpConfig.GpiPortState(in.u16(), in.flag(), in.u8());
            case 226 -> new LlrpConfig.EventsAndReports(in.flag());
            case 237 -> new LlrpConfig.RoReportSpec(in.u8(), in.u16(), in.parameters());
            case 238 -> new LlrpConfig.TagReportContentSelector(in.u16(), in.parameters());
            case 239 -> new LlrpConfig.AccessReportSpec(in.u8());
            case 244 -> new LlrpConfig.ReaderEventNotificationSpec(in.parameters());
            case 245 -> new LlrpConfig.EventNotificationState(in.u16(), in.flag());
            default -> readAir(type, in);
        };
    }

    private static LlrpConfig.@Nullable Air readAir(int type, LlrpInput in) {
        return switch (type) {
            case 330 -> new LlrpConfig.InventoryCommand(in.flag(), in.parameters());
            case 335 -> new LlrpConfig.RfControl(in.u16(), in.u16());
            case 336 -> new LlrpConfig.SingulationControl(in.upperBits(2), in.u16(), in.u32(), in.parameters());
            case 337 -> new LlrpConfig.SingulationAction(in.u8());
            case 348 -> new LlrpConfig.EpcMemorySelector(in.u8());
            default -> null;
        };
    }

    static void write(LlrpConfig parameter, LlrpOutput out) {
        switch (parameter) {
            case LlrpConfig.StateValue p -> out.tlv(217).u32(p.value());
            case LlrpConfig.Identification p ->
                out.tlv(218).u8(p.type()).u16(p.id().length() / 2).hex(p.id());
            case LlrpConfig.GpoWriteData p -> out.tlv(219).u16(p.port()).flag(p.high());
            case LlrpConfig.KeepaliveSpec p -> out.tlv(220).u8(p.trigger()).u32(p.periodMillis());
            case LlrpConfig.AntennaProperties p ->
                out.tlv(221).flag(p.connected()).u16(p.antenna()).s16(p.gainCentiDbi());
            case LlrpConfig.AntennaConfiguration p ->
                out.tlv(222).u16(p.antenna()).parameters(p.parameters());
            case LlrpConfig.RfReceiver p -> out.tlv(223).u16(p.sensitivityIndex());
            case LlrpConfig.RfTransmitter p ->
                out.tlv(224).u16(p.hopTable()).u16(p.channel()).u16(p.powerIndex());
            case LlrpConfig.GpiPortState p ->
                out.tlv(225).u16(p.port()).flag(p.enabled()).u8(p.state());
            case LlrpConfig.EventsAndReports p -> out.tlv(226).flag(p.holdUponReconnect());
            case LlrpConfig.RoReportSpec p ->
                out.tlv(237).u8(p.trigger()).u16(p.n()).parameters(p.parameters());
            case LlrpConfig.TagReportContentSelector p ->
                out.tlv(238).u16(p.fields()).parameters(p.parameters());
            case LlrpConfig.AccessReportSpec p -> out.tlv(239).u8(p.trigger());
            case LlrpConfig.ReaderEventNotificationSpec p -> out.tlv(244).parameters(p.parameters());
            case LlrpConfig.EventNotificationState p ->
                out.tlv(245).u16(p.event()).flag(p.wanted());
            case LlrpConfig.Air p -> write(p, out);
        }
    }

    private static void write(LlrpConfig.Air parameter, LlrpOutput out) {
        switch (parameter) {
            case LlrpConfig.InventoryCommand p ->
                out.tlv(330).flag(p.stateAware()).parameters(p.parameters());
            case LlrpConfig.RfControl p -> out.tlv(335).u16(p.mode()).u16(p.tariNanos());
            case LlrpConfig.SingulationControl p ->
                out.tlv(336)
                        .u8(p.session() << 6)
                        .u16(p.population())
                        .u32(p.transitMillis())
                        .parameters(p.parameters());
            case LlrpConfig.SingulationAction p -> out.tlv(337).u8(p.flags());
            case LlrpConfig.EpcMemorySelector p -> out.tlv(348).u8(p.flags());
        }
    }
}
