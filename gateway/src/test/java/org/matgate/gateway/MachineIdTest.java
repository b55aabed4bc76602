package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineIdTest {
    @TempDir
    Path root;

    @Test
    void theBoardsOwnNumberComesBeforeTheCards() throws Exception {
        assertThat(MachineId.read(root)).isEqualTo("unknown");
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/machine-id"), "abc\n");
        assertThat(MachineId.read(root)).isEqualTo("etc/machine-id:abc");
        Files.createDirectories(root.resolve("proc/device-tree"));
        Files.writeString(root.resolve("proc/device-tree/serial-number"), "10000000d1a2\0");
        assertThat(MachineId.read(root)).isEqualTo("proc/device-tree/serial-number:10000000d1a2");
    }
}
