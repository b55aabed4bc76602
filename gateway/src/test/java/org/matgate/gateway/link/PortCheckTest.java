package org.matgate.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;

class PortCheckTest {
    @Test
    void portsThatAreNotThereAreNamed(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("matgate.toml");
        assertThat(PortCheck.missingPorts(file, config(file, "/dev/null"))).isEmpty();
        assertThat(PortCheck.missingPorts(file, config(file, "/dev/ttyNONE7")))
                .singleElement()
                .asString()
                .startsWith(file + ": [[reader]] m port: /dev/ttyNONE7 is not there")
                .contains("this machine has");
    }

    private static Config config(Path file, String port) throws Exception {
        return ConfigLoader.load(Files.writeString(file, """
                [box]
                name = "a"
                timing_point = "finish"
                [[reader]]
                name = "m"
                family = "mercury"
                port = "%s"
                """.formatted(port)));
    }
}
