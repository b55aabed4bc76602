package org.matgate.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.matgate.protocol.Seeds;
import org.matgate.protocol.stream.StreamMessage.Events;

/** What a read takes on the wire, with everything around it but TCP and TLS. */
final class WireSizeTest {
    private static final int READS = 8192;

    @Test
    void figures() throws StreamFormatException {
        long seed = Seeds.seed(getClass());
        for (boolean llrp : new boolean[] {true, false}) {
            for (boolean numbered : new boolean[] {true, false}) {
                for (int size : new int[] {1, 2, 8, 16, 64, 256, 1024}) {
                    System.out.printf(
                            "FIGURE %s %s chips, %4d a batch: %.1f plain, %.1f compressed%n",
                            llrp ? "LLRP" : "Mercury",
                            numbered ? "numbered" : "random",
                            size,
                            bytesPerRead(new ReadTraffic(seed, llrp, numbered), size, false),
                            bytesPerRead(new ReadTraffic(seed, llrp, numbered), size, true));
                }
            }
        }
    }

    private static double bytesPerRead(ReadTraffic traffic, int size, boolean deflate) throws StreamFormatException {
        long bytes = 0;
        JournalId journal = new JournalId(0x1122_3344_5566_7788L, 0x99aa_bbcc_ddee_ff00L);
        for (long seq = 1_000_000; seq < 1_000_000 + READS; seq += size) {
            Events events = new Events(journal, seq, traffic.reads(size));
            byte[] message = StreamCodec.encode(events, deflate);
            assertThat(StreamCodec.decode(message)).isEqualTo(events);
            bytes += 4 + message.length;
        }
        return (double) bytes / READS;
    }
}
