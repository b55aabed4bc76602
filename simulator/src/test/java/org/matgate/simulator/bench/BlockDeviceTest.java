package org.matgate.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockDeviceTest {
    private static final int BYTES = 4 << 20;

    @TempDir
    Path directory;

    @Test
    void whatIsSyncedHasBeenWritten() throws Exception {
        Optional<BlockDevice> disk = BlockDevice.of(directory);
        Assumptions.assumeTrue(disk.isPresent(), "temporary files lie on no block device of their own");
        long before = disk.orElseThrow().writtenBytes();
        try (FileChannel file =
                FileChannel.open(directory.resolve("file"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(BYTES));
            file.force(true);
        }
        assertThat(disk.orElseThrow().writtenBytes() - before).isGreaterThanOrEqualTo(BYTES);
    }

    @Test
    void whatIsKeptInMemoryIsOnNone() throws Exception {
        Path memory = Path.of("/dev/shm");
        Assumptions.assumeTrue(Files.isDirectory(memory), "there is no /dev/shm");
        assertThat(BlockDevice.of(memory)).isEmpty();
    }

    @Test
    void theSeventhFieldIsWhatIsWritten() throws Exception {
        Path statistics = Files.writeString(directory.resolve("stat"), "     10  1 80 3   7   2    48 9 0 1 2\n");
        assertThat(new BlockDevice(statistics).writtenBytes()).isEqualTo(48 * 512);
        Files.writeString(statistics, "10 1\n");
        assertThatThrownBy(() -> new BlockDevice(statistics).writtenBytes())
                .isInstanceOf(IOException.class)
                .hasMessage(statistics + " has 2 fields; want more than 6");
    }
}
