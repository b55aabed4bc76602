package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pi4jLibraryTest {
    @Test
    void whatIsThereAndWholeNeedsNoRoomAgain(@TempDir Path directory) throws Exception {
        Path target = directory.resolve("libgpiod.so");
        assertThat(Pi4jLibrary.copy(new byte[] {1, 2}, target)).isTrue();
        Object file = inode(target);
        assertThat(Pi4jLibrary.copy(new byte[] {1, 2}, target)).isTrue();
        assertThat(inode(target)).isEqualTo(file);
        assertThat(Pi4jLibrary.copy(new byte[] {1, 3}, target)).isTrue();
        assertThat(inode(target)).as("a process may have the other mapped").isNotEqualTo(file);
        assertThat(target).hasBinaryContent(new byte[] {1, 3});
    }

    private static Object inode(Path file) throws Exception {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
