package org.matgate.gateway.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A read on its way into a message of the read stream and out again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private static final int READS = 512;

    private final Events events =
            new Events(new JournalId(1, 1), 1, List.copyOf(BenchmarkReads.READS.subList(0, READS)));

    /** Of the contract, so that none becomes slower than the one before unseen. */
    @Param({"1", "2"})
    int version;

    @Param({"false", "true"})
    boolean deflate;

    private byte[] bytes = {};

    @Setup
    public void pack() {
        bytes = encode();
    }

    @Benchmark
    @OperationsPerInvocation(READS)
    public byte[] encode() {
        return StreamCodec.encode(events, version, deflate);
    }

    @Benchmark
    @OperationsPerInvocation(READS)
    public StreamMessage decode() throws StreamFormatException {
        return StreamCodec.decode(bytes);
    }
}
