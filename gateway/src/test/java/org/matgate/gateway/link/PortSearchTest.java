package org.matgate.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine made of files and links as Linux has them; the adapter is a real one's listing. */
class PortSearchTest {
    @TempDir
    Path machine;

    private Path dev;
    private Path sys;
    private Path proc;
    private PortSearch search;

    @BeforeEach
    void machine() throws IOException {
        dev = Files.createDirectories(machine.toRealPath().resolve("dev"));
        sys = Files.createDirectories(machine.resolve("sys"));
        proc = Files.createDirectories(machine.resolve("proc"));
        Files.createDirectories(sys.resolve("class/tty"));
        search = new PortSearch(dev, sys, proc);
    }

    private Path node(String name) throws IOException {
        return Files.createFile(dev.resolve(name));
    }

    private void stable(String name, String target) throws IOException {
        Path directory = Files.createDirectories(dev.resolve("serial/by-id"));
        Files.createSymbolicLink(directory.resolve(name), Path.of("../../" + target));
    }

    private void ftdi(String tty) throws IOException {
        Path usb = Files.createDirectories(sys.resolve("devices/usb1/1-1"));
        Path port = Files.createDirectories(usb.resolve("1-1:1.0/" + tty));
        Files.writeString(usb.resolve("idVendor"), "0403\n");
        Files.writeString(usb.resolve("manufacturer"), "FTDI\n");
        Files.writeString(usb.resolve("product"), "FT232R USB UART\n");
        Files.createDirectories(sys.resolve("bus/drivers/ftdi_sio"));
        Files.createSymbolicLink(port.resolve("driver"), sys.resolve("bus/drivers/ftdi_sio"));
        Path tree = Files.createDirectories(sys.resolve("class/tty").resolve(tty));
        Files.createSymbolicLink(tree.resolve("device"), port);
    }

    private void uart(String tty, String type) throws IOException {
        Files.writeString(
                Files.createDirectories(sys.resolve("class/tty").resolve(tty)).resolve("type"), type + "\n");
    }

    private void process(long pid, String comm, String commandLine, Path... open) throws IOException {
        Path process = Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.writeString(process.resolve("comm"), comm + "\n");
        Files.writeString(process.resolve("cmdline"), commandLine);
        Path files = Files.createDirectories(process.resolve("fd"));
        for (int i = 0; i < open.length; i++) {
            Files.createSymbolicLink(files.resolve(Integer.toString(i)), open[i]);
        }
    }

    @Test
    void eachPortIsListedOnceByTheNameThatSurvivesReplugging() throws Exception {
        node("ttyUSB0");
        node("ttyUSB1");
        node("ttyS0");
        node("ttyS1");
        uart("ttyS0", "4");
        uart("ttyS1", "0");
        stable("usb-FTDI_FT232R_USB_UART_A5XK3RJT-if00-port0", "ttyUSB0");
        ftdi("ttyUSB0");
        List<PortSearch.Port> ports = search.all();
        assertThat(ports)
                .extracting(PortSearch.Port::device)
                .containsExactly(dev.resolve("ttyUSB0"), dev.resolve("ttyUSB1"), dev.resolve("ttyS0"));
        assertThat(ports.getFirst().name())
                .isEqualTo(dev.resolve("serial/by-id/usb-FTDI_FT232R_USB_UART_A5XK3RJT-if00-port0"));
        assertThat(ports.getFirst().adapter()).isEqualTo("FTDI, FT232R USB UART, driver ftdi_sio");
        assertThat(ports.get(1).adapter()).isEmpty();
    }

    @Test
    void whoHoldsAPortIsNamed() throws Exception {
        Path port = node("ttyUSB0");
        process(812, "java", "java\0-cp\0x\0org.matgate.gateway.Matgate\0run", Path.of("/dev/null"), port, port);
        process(813, "minicom", "minicom", port);
        process(814, "bash", "bash", Path.of("/dev/null"));
        process(ProcessHandle.current().pid(), "java", "java", port);
        Files.createDirectories(proc.resolve("sys"));
        assertThat(search.all().getFirst().holders()).containsExactly("matgate (process 812)", "minicom (process 813)");
    }

    @Test
    void aPortThatIsNamedIsLookedAtThroughItsLinkAndNeedNotBeThere() throws Exception {
        Path port = node("pts7");
        Path link = Files.createSymbolicLink(machine.resolve("mat"), port);
        process(7, "cat", "cat", port);
        List<PortSearch.Port> ports = search.named(List.of(link, machine.resolve("none")));
        assertThat(ports.getFirst()).isEqualTo(new PortSearch.Port(link, port, "", List.of("cat (process 7)")));
        assertThat(ports.get(1).name()).isEqualTo(machine.resolve("none"));
        assertThat(ports.get(1).holders()).isEmpty();
    }

    @Test
    void aMachineWithoutPortsHasNone() {
        assertThat(search.all()).isEmpty();
        assertThat(search.describe()).isEqualTo("this machine has no serial port now");
        assertThat(new PortSearch(machine.resolve("a"), machine.resolve("b"), machine.resolve("c")).all())
                .isEmpty();
    }
}
