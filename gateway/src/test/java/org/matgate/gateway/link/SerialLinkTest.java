package org.matgate.gateway.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;

class SerialLinkTest extends ReaderLinkContract {
    @Override
    FarEnd farEnd() {
        PseudoTerminal terminal = PseudoTerminal.open();
        ReaderLink.Opener opener = opener(terminal.port());
        return new FarEnd() {
            @Override
            public ReaderLink.Opener opener() {
                return opener;
            }

            @Override
            public void connected() {
                // Opening a port is all there is.
            }

            @Override
            public void send(byte[] bytes) {
                terminal.write(bytes);
            }

            @Override
            public byte[] receive(int most) {
                return terminal.read(most);
            }

            @Override
            public void hangUp() {
                terminal.close();
            }

            @Override
            public void close() {
                terminal.close();
            }
        };
    }

    @Test
    void byteTakesTenBits() {
        assertThat(link().nanosPerByte()).isEqualTo(86_805);
        assertThat(link().gatheredNanos()).isZero();
    }

    /** A module with USB of its own sends as fast as it likes, whatever rate is set; an adapter of that name does not. */
    @Test
    void aPortThatMayHaveNoWireIsKnownByItsName(@TempDir Path dev) throws Exception {
        Path stable = dev.resolve("usb-module");
        Files.createSymbolicLink(stable, Files.createFile(dev.resolve("ttyACM0")));
        assertThat(SerialPorts.hasWire(stable)).isFalse();
        assertThat(SerialPorts.hasWire(Files.createFile(dev.resolve("ttyUSB0"))))
                .isTrue();
        assertThat(SerialPorts.hasWire(dev.resolve("ttyACM1"))).as("not there").isTrue();
        try (PseudoTerminal terminal = PseudoTerminal.open()) {
            JsscPort port = JsscPort.open(terminal.port().toString());
            try (ReaderLink link = new SerialLink("module", port, 115_200, false)) {
                assertThat(link.nanosPerByte()).isZero();
                assertThat(link.gatheredNanos()).isEqualTo(64 * 86_805);
            }
        }
    }

    @Test
    void portIsOpenedAgainAndAgain() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open()) {
            for (int i = 0; i < 20; i++) {
                try (ReaderLink link = opener(terminal.port()).open()) {
                    terminal.write(new byte[] {(byte) i});
                    byte[] buffer = new byte[2];
                    assertThat(link.read(buffer, 10_000_000_000L)).isEqualTo(1);
                    assertThat(buffer[0]).isEqualTo((byte) i);
                }
            }
        }
    }

    /** A reader that streams since an earlier life sends on while its port is being opened: none of it may be lost. */
    @Test
    void whatArrivesWhileThePortIsOpenedIsRead() throws Exception {
        // An ordinary stream keeps the bytes in the port, as an opening that takes its time does.
        try (PseudoTerminal terminal = PseudoTerminal.open();
                InputStream holder = Files.newInputStream(terminal.port())) {
            terminal.write("early".getBytes(US_ASCII));
            // They have crossed to the port when a first one can be read.
            assertThat(holder.read()).isEqualTo('e');
            try (ReaderLink link = opener(terminal.port()).open()) {
                byte[] buffer = new byte[16];
                int count = link.read(buffer, 10_000_000_000L);
                assertThat(new String(buffer, 0, count, US_ASCII)).isEqualTo("arly");
            }
        }
    }

    @Test
    void missingPortNamesItAndWhatThereIs(@TempDir Path directory) {
        Path missing = directory.resolve("ttyUSB7");
        assertThatThrownBy(() -> opener(missing).open())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(missing + ": no such port; this machine has ");
    }

    @Test
    void fileThatIsNoPortIsRefused(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> opener(file).open())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": not a serial port; ");
    }

    @Test
    void portsAreListedWithTheStableNamesFirst(@TempDir Path dev) throws Exception {
        assertThat(SerialPorts.describe(dev)).isEqualTo("this machine has no serial port now");
        Files.createFile(dev.resolve("ttyUSB0"));
        Files.createFile(dev.resolve("ttyAMA0"));
        Files.createFile(dev.resolve("tty1"));
        Files.createDirectories(dev.resolve("serial/by-id"));
        Files.createSymbolicLink(dev.resolve("serial/by-id/usb-FTDI"), dev.resolve("ttyUSB0"));
        assertThat(SerialPorts.describe(dev))
                .isEqualTo("this machine has " + dev + "/serial/by-id/usb-FTDI (ttyUSB0), " + dev + "/ttyUSB0, " + dev
                        + "/ttyAMA0");
        for (int i = 0; i < 32; i++) {
            Files.createFile(dev.resolve("ttyS" + i));
        }
        assertThat(SerialPorts.describe(dev)).endsWith(" and 19 more");
    }

    private static ReaderLink.Opener opener(Path port) {
        return LinkOpeners.of(new Config.Link.Serial(port, 115_200));
    }
}
