package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @Test
    void whatKilledProcessesLeftIsTakenAway(@TempDir Path data) throws Exception {
        Path natives = data.resolve("native");
        NativeLibrary.unpackIn(natives);
        Path library = Files.writeString(natives.resolve("sqlite-3.54.1.0-1234-libsqlitejdbc.so"), "ELF");
        Path lock = Files.writeString(natives.resolve("sqlite-3.54.1.0-1234-libsqlitejdbc.so.lck"), "");
        NativeLibrary.unpackIn(natives);
        assertThat(library).doesNotExist();
        assertThat(lock).doesNotExist();
        assertThat(System.getProperty("org.sqlite.tmpdir")).isEqualTo(natives.toString());
    }
}
