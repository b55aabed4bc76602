package org.matgate.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The disk below a directory, as the kernel counts what is written to it, by everybody and with the file system's own
 * journal. What /proc tells of a process ({@code write_bytes}) counts a whole folio of the page cache for each few bytes
 * in it: 2 MiB a commit where a file was once written in one piece, and 4 KiB where it was not.
 *
 * @param statistics the kernel's {@code Documentation/block/stat.rst} tells its fields
 */
record BlockDevice(Path statistics) {
    private static final int SECTORS_WRITTEN = 6;

    /** The kernel's, whatever the disk's own is. */
    private static final int SECTOR_BYTES = 512;

    /** Empty where the directory is in memory, on a network or in layers. */
    static Optional<BlockDevice> of(Path directory) throws IOException {
        long device = ((Number) Files.getAttribute(directory, "unix:dev")).longValue();
        // As the C library's major() and minor() take it apart.
        long major = ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
        long minor = (device & 0xff) | ((device >>> 12) & ~0xffL);
        Path statistics = Path.of("/sys/dev/block/" + major + ":" + minor + "/stat");
        return Files.isReadable(statistics) ? Optional.of(new BlockDevice(statistics)) : Optional.empty();
    }

    /** Bytes since the machine was started. */
    long writtenBytes() throws IOException {
        String[] fields = Files.readString(statistics).strip().split(" +", -1);
        if (fields.length <= SECTORS_WRITTEN) {
            throw new IOException(statistics + " has " + fields.length + " fields; want more than " + SECTORS_WRITTEN);
        }
        return Long.parseLong(fields[SECTORS_WRITTEN]) * SECTOR_BYTES;
    }
}
