package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.channel.Pin;
import org.matgate.simulator.race.Scenario;

class BoxFilesTest {
    @Test
    void configOfABox(@TempDir Path directory) throws Exception {
        Path config = BoxFiles.write(
                directory.resolve("boxes/finish"),
                "finish",
                Scenario.load("demo"),
                Map.of("finish-main", "/dev/pts/7", "finish-backup", "127.0.0.1:40113"),
                new EngineAccess("127.0.0.1:7300", Optional.of(Pin.ofBytes(new byte[Pin.LENGTH])), "secret"));
        assertThat(config).hasFileName("matgate.toml").hasParent(directory.resolve("boxes/finish"));
        assertThat(Files.readString(config)).isEqualTo("""
                        [box]
                        name = "finish"
                        data = "data"
                        timing_point = "finish"
                        [[reader]]
                        name = "finish-main"
                        family = "mercury"
                        port = "/dev/pts/7"
                        baud = 115200
                        antennas = [1, 2, 3, 4]
                        line = "main"
                        [[reader]]
                        name = "finish-backup"
                        family = "ipico"
                        address = "127.0.0.1:40113"
                        antennas = [1]
                        line = "backup"
                        [[engine]]
                        name = "central"
                        address = "127.0.0.1:7300"
                        pin = "0000000000000000000000000000000000000000000000000000000000000000"
                        token = "secret"
                        [simulation]
                        enabled = true
                        clock = "clock.txt"
                        """);
    }
}
