package org.matgate.gateway.bench;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpParser;
import org.matgate.protocol.llrp.LlrpTag;
import org.matgate.protocol.llrp.LlrpTag.Field.Kind;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.mercury.MercuryTag;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.TagRead;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A tag report from bytes to what it says. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParserBenchmark {
    private static final int READS = 512;

    private final byte[] llrp = frames(ParserBenchmark::llrp);
    private final byte[] mercury = frames(ParserBenchmark::mercury);
    private final FrameParser<ReaderMessage> llrpParser = new LlrpParser();
    private final FrameParser<ReaderMessage> mercuryParser = new MercuryParser();

    private interface Encoder {
        byte[] encode(TagRead read);
    }

    private static byte[] frames(Encoder encoder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (TagRead read : BenchmarkReads.READS.subList(0, READS)) {
            out.writeBytes(encoder.encode(read));
        }
        return out.toByteArray();
    }

    private static byte[] llrp(TagRead read) {
        List<LlrpParameter> parameters = new ArrayList<>();
        parameters.add(new LlrpTag.Epc96(read.chip()));
        parameters.add(new LlrpTag.Field(Kind.ANTENNA_ID, read.antenna()));
        parameters.add(new LlrpTag.Field(Kind.PEAK_RSSI, -60));
        parameters.add(new LlrpTag.Field(Kind.FIRST_SEEN_UTC, read.readerTime().micros()));
        parameters.add(new LlrpTag.Field(Kind.SEEN_COUNT, 1));
        return new LlrpMessage.RoAccessReport(1, List.of(new LlrpTag.TagReportData(parameters))).encode();
    }

    private static byte[] mercury(TagRead read) {
        TagReport report = new TagReport(
                read.chip(), read.antenna(), OptionalInt.of(-6000), new ReaderTime(ReaderTime.Base.CYCLE, 1000), 1);
        return MercuryTag.encode(report, MercuryTag.ANTENNA | MercuryTag.RSSI | MercuryTag.TIMESTAMP, false);
    }

    @Benchmark
    @OperationsPerInvocation(READS)
    public void llrp(Blackhole hole) {
        llrpParser.parse(llrp, 0, llrp.length, sink(hole));
    }

    @Benchmark
    @OperationsPerInvocation(READS)
    public void mercury(Blackhole hole) {
        mercuryParser.parse(mercury, 0, mercury.length, sink(hole));
    }

    private static FrameParser.Sink<ReaderMessage> sink(Blackhole hole) {
        return new FrameParser.Sink<>() {
            @Override
            public void message(ReaderMessage message, FramePosition position) {
                hole.consume(message);
            }

            @Override
            public void skipped(Skipped skipped) {
                throw new IllegalStateException("the benchmark's own frames are not understood: " + skipped);
            }
        };
    }
}
