package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our numbers against those of the C header, by a small program that is compiled here. */
class GpioAbiTest {
    private static final Map<String, Long> OURS = Map.ofEntries(
            Map.entry("GPIO_GET_CHIPINFO_IOCTL", GpioAbi.GET_CHIPINFO),
            Map.entry("GPIO_V2_GET_LINEINFO_IOCTL", GpioAbi.GET_LINEINFO),
            Map.entry("GPIO_V2_GET_LINE_IOCTL", GpioAbi.GET_LINE),
            Map.entry("GPIO_V2_LINE_GET_VALUES_IOCTL", GpioAbi.GET_VALUES),
            Map.entry("GPIO_MAX_NAME_SIZE", (long) GpioAbi.NAME_BYTES),
            Map.entry("sizeof(struct gpiochip_info)", GpioAbi.CHIP_INFO_BYTES),
            Map.entry("offsetof(struct gpiochip_info, name)", 0L),
            Map.entry("offsetof(struct gpiochip_info, label)", GpioAbi.CHIP_LABEL),
            Map.entry("offsetof(struct gpiochip_info, lines)", GpioAbi.CHIP_LINES),
            Map.entry("sizeof(struct gpio_v2_line_info)", GpioAbi.LINE_INFO_BYTES),
            Map.entry("offsetof(struct gpio_v2_line_info, name)", 0L),
            Map.entry("offsetof(struct gpio_v2_line_info, consumer)", GpioAbi.LINE_CONSUMER),
            Map.entry("offsetof(struct gpio_v2_line_info, offset)", GpioAbi.LINE_OFFSET),
            Map.entry("offsetof(struct gpio_v2_line_info, flags)", GpioAbi.LINE_FLAGS),
            Map.entry("sizeof(struct gpio_v2_line_request)", GpioAbi.REQUEST_BYTES),
            Map.entry("offsetof(struct gpio_v2_line_request, offsets)", 0L),
            Map.entry("offsetof(struct gpio_v2_line_request, consumer)", GpioAbi.REQUEST_CONSUMER),
            Map.entry("offsetof(struct gpio_v2_line_request, config.flags)", GpioAbi.REQUEST_FLAGS),
            Map.entry("offsetof(struct gpio_v2_line_request, num_lines)", GpioAbi.REQUEST_NUM_LINES),
            Map.entry("offsetof(struct gpio_v2_line_request, event_buffer_size)", GpioAbi.REQUEST_BUFFER),
            Map.entry("offsetof(struct gpio_v2_line_request, fd)", GpioAbi.REQUEST_FD),
            Map.entry("sizeof(struct gpio_v2_line_values)", GpioAbi.VALUES_BYTES),
            Map.entry("offsetof(struct gpio_v2_line_values, bits)", 0L),
            Map.entry("offsetof(struct gpio_v2_line_values, mask)", GpioAbi.VALUES_MASK),
            Map.entry("sizeof(struct gpio_v2_line_event)", GpioAbi.EVENT_BYTES),
            Map.entry("offsetof(struct gpio_v2_line_event, timestamp_ns)", 0L),
            Map.entry("offsetof(struct gpio_v2_line_event, id)", GpioAbi.EVENT_ID),
            Map.entry("offsetof(struct gpio_v2_line_event, line_seqno)", GpioAbi.EVENT_LINE_SEQNO),
            Map.entry("GPIO_V2_LINE_EVENT_RISING_EDGE", (long) GpioAbi.RISING),
            Map.entry("GPIO_V2_LINE_FLAG_USED", GpioAbi.FLAG_USED),
            Map.entry("GPIO_V2_LINE_FLAG_INPUT", GpioAbi.FLAG_INPUT),
            Map.entry("GPIO_V2_LINE_FLAG_EDGE_RISING", GpioAbi.FLAG_EDGE_RISING),
            Map.entry("GPIO_V2_LINE_FLAG_EDGE_FALLING", GpioAbi.FLAG_EDGE_FALLING),
            Map.entry("GPIO_V2_LINE_FLAG_BIAS_PULL_UP", GpioAbi.FLAG_PULL_UP),
            Map.entry("GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN", GpioAbi.FLAG_PULL_DOWN),
            Map.entry("GPIO_V2_LINE_FLAG_BIAS_DISABLED", GpioAbi.FLAG_NO_BIAS),
            Map.entry("sizeof(struct pollfd)", GpioAbi.POLLFD_BYTES),
            Map.entry("offsetof(struct pollfd, events)", GpioAbi.POLLFD_EVENTS),
            Map.entry("offsetof(struct pollfd, revents)", GpioAbi.POLLFD_REVENTS),
            Map.entry("POLLIN", (long) GpioAbi.POLLIN));

    @TempDir
    Path directory;

    @Test
    void theHeaderSaysTheSame() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/include/linux/gpio.h")), "needs <linux/gpio.h> (linux-libc-dev)");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "needs gcc to ask the C header");
        String program = OURS.keySet().stream()
                .map(name -> "printf(\"%s\\t%llu\\n\", \"" + name + "\", (unsigned long long) (" + name + "));\n")
                .collect(Collectors.joining(
                        "",
                        "#include <linux/gpio.h>\n#include <poll.h>\n#include <stddef.h>\n#include <stdio.h>\nint main(void) {\n",
                        "}\n"));
        Path source = Files.writeString(directory.resolve("abi.c"), program);
        Path binary = directory.resolve("abi");
        assertThat(run("/usr/bin/gcc", "-o", binary.toString(), source.toString()))
                .isEmpty();
        Map<String, Long> header = new TreeMap<>();
        run(binary.toString()).lines().forEach(line -> {
            String[] columns = line.split("\t", -1);
            header.put(columns[0], Long.parseLong(columns[1]));
        });
        assertThat(header).isEqualTo(OURS);
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        return said;
    }
}
