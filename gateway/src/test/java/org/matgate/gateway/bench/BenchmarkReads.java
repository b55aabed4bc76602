package org.matgate.gateway.bench;

import java.util.List;
import org.matgate.protocol.stream.Event.TagRead;

/** The reads that {@code matgate bench} takes, for benchmarks of all packages. */
public final class BenchmarkReads {
    public static final List<TagRead> READS = SampleReads.make();

    private BenchmarkReads() {}
}
