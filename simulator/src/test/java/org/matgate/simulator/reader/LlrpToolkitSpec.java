package org.matgate.simulator.reader;

import org.llrp.ltk.generated.enumerations.*;
import org.llrp.ltk.generated.parameters.*;
import org.llrp.ltk.types.Bit;
import org.llrp.ltk.types.UnsignedByte;
import org.llrp.ltk.types.UnsignedInteger;
import org.llrp.ltk.types.UnsignedShort;
import org.llrp.ltk.types.UnsignedShortArray;

/** An ROSpec as the Java LLRP toolkit puts it together. */
final class LlrpToolkitSpec {
    private LlrpToolkitSpec() {}

    /** 123: reads on all antennas from START_ROSPEC to STOP_ROSPEC, and tells all that it can of each sighting. */
    static ROSpec roSpec() {
        ROBoundarySpec boundary = new ROBoundarySpec();
        ROSpecStartTrigger start = new ROSpecStartTrigger();
        start.setROSpecStartTriggerType(new ROSpecStartTriggerType(ROSpecStartTriggerType.Null));
        boundary.setROSpecStartTrigger(start);
        ROSpecStopTrigger stop = new ROSpecStopTrigger();
        stop.setROSpecStopTriggerType(new ROSpecStopTriggerType(ROSpecStopTriggerType.Null));
        stop.setDurationTriggerValue(new UnsignedInteger(0));
        boundary.setROSpecStopTrigger(stop);
        AISpec search = new AISpec();
        search.setAntennaIDs(new UnsignedShortArray(new short[] {0}));
        AISpecStopTrigger searched = new AISpecStopTrigger();
        searched.setAISpecStopTriggerType(new AISpecStopTriggerType(AISpecStopTriggerType.Null));
        searched.setDurationTrigger(new UnsignedInteger(0));
        search.setAISpecStopTrigger(searched);
        InventoryParameterSpec inventory = new InventoryParameterSpec();
        inventory.setInventoryParameterSpecID(new UnsignedShort(1));
        inventory.setProtocolID(new AirProtocols(AirProtocols.EPCGlobalClass1Gen2));
        search.addToInventoryParameterSpecList(inventory);
        ROSpec spec = new ROSpec();
        spec.setROSpecID(new UnsignedInteger(123));
        spec.setPriority(new UnsignedByte(0));
        spec.setCurrentState(new ROSpecState(ROSpecState.Disabled));
        spec.setROBoundarySpec(boundary);
        spec.addToSpecParameterList(search);
        spec.setROReportSpec(report());
        return spec;
    }

    private static ROReportSpec report() {
        TagReportContentSelector content = new TagReportContentSelector();
        content.setEnableROSpecID(new Bit(true));
        content.setEnableSpecIndex(new Bit(true));
        content.setEnableInventoryParameterSpecID(new Bit(true));
        content.setEnableAntennaID(new Bit(true));
        content.setEnableChannelIndex(new Bit(true));
        content.setEnablePeakRSSI(new Bit(true));
        content.setEnableFirstSeenTimestamp(new Bit(true));
        content.setEnableLastSeenTimestamp(new Bit(true));
        content.setEnableTagSeenCount(new Bit(true));
        content.setEnableAccessSpecID(new Bit(true));
        ROReportSpec report = new ROReportSpec();
        report.setROReportTrigger(new ROReportTriggerType(ROReportTriggerType.Upon_N_Tags_Or_End_Of_ROSpec));
        report.setN(new UnsignedShort(1));
        report.setTagReportContentSelector(content);
        return report;
    }
}
