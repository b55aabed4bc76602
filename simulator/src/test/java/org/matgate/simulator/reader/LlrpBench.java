package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpConfig.AntennaConfiguration;
import org.matgate.protocol.llrp.LlrpConfig.EventNotificationState;
import org.matgate.protocol.llrp.LlrpConfig.EventsAndReports;
import org.matgate.protocol.llrp.LlrpConfig.ReaderEventNotificationSpec;
import org.matgate.protocol.llrp.LlrpConfig.RoReportSpec;
import org.matgate.protocol.llrp.LlrpConfig.TagReportContentSelector;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpMessage.Reply;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpParser;
import org.matgate.protocol.llrp.LlrpSpec.*;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.llrp.LlrpTag.TagReportData;
import org.matgate.simulator.reader.ReaderModel.Seen;

/** A client of a simulated LLRP reader, without a wire and with its own clock. */
final class LlrpBench {
    static final long START = 1_000_000_000_000L;
    static final long UTC = 1_700_000_000_000_000_000L;
    static final int FIELDS = TagReportContentSelector.ANTENNA_ID
            | TagReportContentSelector.PEAK_RSSI
            | TagReportContentSelector.FIRST_SEEN
            | TagReportContentSelector.SEEN_COUNT;

    final ModelBench bench;
    final SimulatedLlrp reader;
    private long nextId = 100;

    LlrpBench(LlrpOptions options) {
        bench = new ModelBench(options.bufferedReads(), LlrpParser::new);
        reader = new SimulatedLlrp(options, START, UTC, bench.outbox);
    }

    static long at(long millis) {
        return START + millis * ModelBench.MILLI;
    }

    /** What the reader has said, with the greeting first that a newcomer hears. */
    List<LlrpMessage> connect(long millis) {
        reader.advance(at(millis));
        reader.listenerChanged(true);
        return said();
    }

    void disconnect(long millis) {
        reader.advance(at(millis));
        reader.listenerChanged(false);
    }

    List<LlrpMessage> said() {
        return bench.said().stream().map(LlrpMessage.class::cast).toList();
    }

    List<LlrpMessage> until(long millis) {
        reader.advance(at(millis));
        return said();
    }

    /** Sends a command made from a fresh id, and gives what was said upon it. */
    List<LlrpMessage> tell(LongFunction<LlrpCommand> command) {
        byte[] frame = command.apply(nextId++).encode();
        reader.heard(frame, frame.length, START);
        return said();
    }

    /** The reply, which is the first that is said. */
    Reply ask(LongFunction<LlrpCommand> command) {
        long id = nextId;
        Reply reply = (Reply) tell(command).getFirst();
        assertThat(reply.id()).isEqualTo(id);
        return reply;
    }

    void done(LongFunction<LlrpCommand> command) {
        assertThat(ask(command).status()).isEqualTo(LlrpStatus.OK);
    }

    void set(LlrpParameter... parameters) {
        done(id -> new LlrpCommand.SetReaderConfig(id, false, List.of(parameters)));
    }

    void subscribe(int... events) {
        List<LlrpParameter> states = new ArrayList<>();
        for (int event : events) {
            states.add(new EventNotificationState(event, true));
        }
        set(new ReaderEventNotificationSpec(states));
    }

    void holdReports() {
        set(new EventsAndReports(true));
    }

    void enableExtensions() {
        assertThat(tell(LlrpCommand.Custom::impinjEnableExtensions))
                .singleElement()
                .isInstanceOfSatisfying(
                        LlrpMessage.VendorReply.class,
                        reply -> assertThat(reply.status().ok()).isTrue());
    }

    /** Adds and enables ROSpec 1, which starts at once. */
    void read(RoReportSpec report) {
        done(id -> new LlrpCommand.AddRoSpec(id, roSpec(1, StartTrigger.IMMEDIATE, List.of(0), report)));
        done(id -> new LlrpCommand.EnableRoSpec(id, 1));
        assertThat(reader.reading()).isTrue();
    }

    Seen sees(long millis, int antenna) {
        return reader.sighted(ModelBench.sighting(at(millis), antenna));
    }

    static RoReportSpec report(int trigger, int n, LlrpParameter... more) {
        List<LlrpParameter> parts = new ArrayList<>();
        parts.add(new TagReportContentSelector(FIELDS, List.of()));
        parts.addAll(List.of(more));
        return new RoReportSpec(trigger, n, parts);
    }

    static RoReportSpec every() {
        return report(RoReportSpec.N_TAGS_OR_END_OF_ROSPEC, 1);
    }

    static RoSpec roSpec(long id, int start, List<Integer> antennas, LlrpParameter... more) {
        return roSpec(id, start, new StopTrigger(StopTrigger.NULL, 0, List.of()), List.of(search(antennas)), more);
    }

    static RoSpec roSpec(long id, int start, StopTrigger stop, List<AiSpec> searches, LlrpParameter... more) {
        List<LlrpParameter> parts = new ArrayList<>();
        parts.add(new Boundary(List.of(new StartTrigger(start, List.of()), stop)));
        parts.addAll(searches);
        parts.addAll(List.of(more));
        return new RoSpec(id, 0, RoSpec.DISABLED, parts);
    }

    static AiSpec search(List<Integer> antennas, AntennaConfiguration... configurations) {
        return search(antennas, new AiStopTrigger(AiStopTrigger.NULL, 0, List.of()), configurations);
    }

    static AiSpec search(List<Integer> antennas, AiStopTrigger stop, AntennaConfiguration... configurations) {
        return new AiSpec(
                antennas,
                List.of(stop, new InventoryParameterSpec(1, InventoryParameterSpec.C1G2, List.of(configurations))));
    }

    static List<TagReportData> tags(List<LlrpMessage> said) {
        return said.stream()
                .filter(LlrpMessage.RoAccessReport.class::isInstance)
                .flatMap(report -> ((LlrpMessage.RoAccessReport) report).tags().stream())
                .toList();
    }

    /** What events tell of, without their times. */
    static List<LlrpEvent> events(List<LlrpMessage> said) {
        return said.stream()
                .filter(LlrpMessage.ReaderEvent.class::isInstance)
                .map(event -> (LlrpEvent)
                        ((LlrpMessage.ReaderEvent) event).parameters().get(1))
                .toList();
    }
}
