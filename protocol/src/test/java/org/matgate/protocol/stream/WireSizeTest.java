package org.matgate.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.matgate.protocol.Seeds;
import org.matgate.protocol.stream.StreamMessage.Events;

/** What a read takes on the wire, with everything around it but TCP and TLS. */
final class WireSizeTest {
    private static final int READS = 2048;

    @Test
    void aReadOfABacklogTakesLessThanTwentyBytes() throws StreamFormatException {
        long seed = Seeds.seed(getClass());
        for (boolean numbered : new boolean[] {true, false}) {
            double llrp = bytesPerRead(new ReadTraffic(seed, true, numbered), 1024, true);
            double mercury = bytesPerRead(new ReadTraffic(seed, false, numbered), 1024, true);
            System.out.printf("FIGURE bytes a read, 1,024 a batch: LLRP %.1f, Mercury %.1f%n", llrp, mercury);
            assertThat(llrp).as("LLRP").isLessThan(16);
            assertThat(mercury).as("Mercury").isLessThan(13);
        }
    }

    @Test
    void compressionNeverMakesABatchLarger() throws StreamFormatException {
        long seed = Seeds.seed(getClass());
        for (int size = 1; size <= 64; size *= 2) {
            double plain = bytesPerRead(new ReadTraffic(seed, true, false), size, false);
            double compressed = bytesPerRead(new ReadTraffic(seed, true, false), size, true);
            System.out.printf("FIGURE bytes a read, %d a batch: %.1f, compressed %.1f%n", size, plain, compressed);
            assertThat(compressed).isLessThanOrEqualTo(plain);
        }
    }

    private static double bytesPerRead(ReadTraffic traffic, int size, boolean deflate) throws StreamFormatException {
        long bytes = 0;
        JournalId journal = new JournalId(0x1122_3344_5566_7788L, 0x99aa_bbcc_ddee_ff00L);
        for (long seq = 1_000_000; seq < 1_000_000 + READS; seq += size) {
            Events events = new Events(journal, seq, traffic.reads(size));
            byte[] message = StreamCodec.encode(events, 2, deflate);
            assertThat(StreamCodec.decode(message)).isEqualTo(events);
            bytes += 4 + message.length;
        }
        return (double) bytes / READS;
    }
}
