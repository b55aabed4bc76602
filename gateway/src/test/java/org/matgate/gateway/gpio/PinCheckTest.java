package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.status.Level;
import org.matgate.gateway.status.Line;

class PinCheckTest {
    @TempDir
    Path directory;

    private List<Line> lines(String gpio) throws Exception {
        Config config = ConfigLoader.load(Files.writeString(directory.resolve("matgate.toml"), """
                [box]
                name = "a"
                timing_point = "finish"
                [[reader]]
                name = "m"
                family = "mercury"
                port = "/dev/null"
                """ + gpio));
        return PinCheck.lines(config);
    }

    @Test
    void whatIsWrongIsALineForEachPin() throws Exception {
        List<Line> lines = lines("""
                [gpio]
                chip = "/dev/null"
                [gpio.gun]
                line = 17
                [gpio.lamp]
                line = 23
                [[gpio.relay]]
                line = 24
                reader = "m"
                """);
        assertThat(lines).extracting(Line::part).containsOnly("pin");
        assertThat(lines).extracting(Line::name).containsExactly("gun", "lamp", "relay/m");
        assertThat(lines).extracting(Line::level).containsExactly(Level.FAIL, Level.WARN, Level.WARN);
        assertThat(lines).extracting(Line::text).containsOnly("/dev/null is no GPIO chip (ENOTTY)");
        assertThat(lines.getFirst().facts().json())
                .isEqualTo("{\"chip\":\"/dev/null\",\"line\":\"17\",\"ready\":false,"
                        + "\"trouble\":\"/dev/null is no GPIO chip (ENOTTY)\",\"level\":null}");
    }

    @Test
    void simulatedPinsAreSaidToBe() throws Exception {
        String simulated = """
                [simulation]
                enabled = true
                pins = "pins"
                [gpio]
                driver = "simulated"
                [gpio.gun]
                line = 17
                """;
        assertThat(lines(simulated).getFirst().level()).isEqualTo(Level.FAIL);
        Files.createDirectory(directory.resolve("pins"));
        assertThat(lines(simulated).getFirst().text()).isEqualTo("simulated line 17: free");
        assertThat(lines(simulated).getFirst().level()).isEqualTo(Level.OK);
    }

    @Test
    void noPinsNoLines() throws Exception {
        assertThat(lines("")).isEmpty();
        assertThat(lines("[gpio]\ndriver = \"none\"\n[gpio.gun]\nline = 17\n")).isEmpty();
    }
}
