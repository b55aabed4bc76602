package org.matgate.simulator.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jssc.SerialPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PtyTest {
    private static final byte[] ALL = new byte[256];

    static {
        for (int i = 0; i < ALL.length; i++) {
            ALL[i] = (byte) i;
        }
    }

    private Pty pty;

    @BeforeEach
    void open() throws IOException {
        pty = Pty.open();
    }

    @AfterEach
    void close() {
        pty.close();
    }

    @Test
    void carriesEveryByteValueBothWaysThroughASerialDriver() throws Exception {
        SerialPort port = new SerialPort(pty.address());
        port.openPort();
        port.setParams(115200, 8, 1, 0);
        assertThat(pty.write(ALL, 0, ALL.length)).isEqualTo(1);
        assertThat(port.readBytes(ALL.length, 5000)).isEqualTo(ALL);
        port.writeBytes(ALL);
        assertThat(received(ALL.length)).isEqualTo(ALL);
        port.closePort();
    }

    @Test
    void carriesEveryByteValueBothWaysThroughAPlainFile() throws IOException {
        try (FileInputStream in = new FileInputStream(pty.address());
                FileOutputStream out = new FileOutputStream(pty.address())) {
            pty.write(ALL, 0, ALL.length);
            assertThat(in.readNBytes(ALL.length)).isEqualTo(ALL);
            out.write(ALL);
            assertThat(received(ALL.length)).isEqualTo(ALL);
        }
    }

    @Test
    void sendsOnlyTheSliceAskedFor() throws IOException {
        try (FileInputStream in = new FileInputStream(pty.address())) {
            pty.write("xABCy".getBytes(US_ASCII), 1, 3);
            assertThat(in.readNBytes(3)).asString(US_ASCII).isEqualTo("ABC");
        }
    }

    @Test
    void losesAndReportsWhatNobodyHears() throws IOException {
        assertThat(pty.connected()).isFalse();
        assertThat(pty.write(ALL, 0, 10)).isZero();
        try (FileInputStream in = new FileInputStream(pty.address())) {
            assertThat(pty.connected()).isTrue();
            pty.write(new byte[] {42}, 0, 1);
            assertThat(in.read()).as("the first byte that a holder reads").isEqualTo(42);
        }
        assertThat(pty.write(ALL, 0, 10)).isZero();
    }

    @Test
    void forgetsAtHangUpWhatItsHolderLeftUnread() throws Exception {
        try (FileInputStream in = new FileInputStream(pty.address())) {
            pty.write(ALL, 0, ALL.length);
            assertThat(in.read()).isZero();
        }
        assertThat(pty.connected()).isFalse();
        try (FileInputStream in = new FileInputStream(pty.address())) {
            assertThat(pty.write(new byte[] {42}, 0, 1)).as("the second holder").isEqualTo(2);
            assertThat(in.read()).isEqualTo(42);
        }
    }

    @Test
    void hearsWhatAHolderSentRightBeforeItWent() throws IOException {
        try (FileOutputStream out = new FileOutputStream(pty.address())) {
            out.write(new byte[] {1, 2, 3});
        }
        assertThat(received(3)).containsExactly(1, 2, 3);
        assertThat(pty.read(new byte[8], 1000)).isZero();
    }

    @Test
    void opensAgainAfterAHolderWent() throws Exception {
        for (int i = 1; i <= 3; i++) {
            SerialPort port = new SerialPort(pty.address());
            port.openPort();
            port.setParams(115200, 8, 1, 0);
            assertThat(pty.listener()).isEqualTo(i);
            pty.write(ALL, 0, ALL.length);
            assertThat(port.readBytes(ALL.length, 5000)).isEqualTo(ALL);
            port.closePort();
            assertThat(pty.listener()).isZero();
        }
    }

    @Test
    void waitsForNobodyAndKeepsForASlowHolderWhatADriverWould() throws IOException {
        int sent = Pty.DRIVER_BYTES / 2;
        try (FileInputStream in = new FileInputStream(pty.address())) {
            for (int i = 0; i < sent; i += ALL.length) {
                pty.write(ALL, 0, ALL.length);
            }
            assertThat(pty.overrunBytes()).isZero();
            int got = 0;
            byte[] buffer = new byte[ALL.length];
            while (got < sent) {
                pty.read(new byte[1], 0);
                assertThat(in.readNBytes(buffer, 0, ALL.length)).isEqualTo(ALL.length);
                assertThat(buffer).isEqualTo(ALL);
                got += ALL.length;
            }
        }
    }

    @Test
    void overrunsAHolderWhoNeverReads() throws IOException {
        try (FileInputStream in = new FileInputStream(pty.address())) {
            assertThat(in.available()).isZero();
            for (int i = 0; i < 2 * Pty.DRIVER_BYTES; i += ALL.length) {
                assertThat(pty.write(ALL, 0, ALL.length)).isEqualTo(1);
            }
            assertThat(pty.overrunBytes()).isBetween(Pty.DRIVER_BYTES / 2L, (long) Pty.DRIVER_BYTES);
        }
    }

    @Test
    void keepsASymbolicLinkToItselfWhileOpen(@TempDir Path folder) throws IOException {
        Path link = folder.resolve("mat");
        Files.createSymbolicLink(link, Path.of("/dev/pts/older"));
        try (Pty linked = Pty.open(Optional.of(link))) {
            assertThat(linked.address()).isEqualTo(link.toString());
            try (FileInputStream in = new FileInputStream(link.toFile())) {
                linked.write(new byte[] {7}, 0, 1);
                assertThat(in.read()).isEqualTo(7);
            }
        }
        assertThat(link).doesNotExist();
        Files.writeString(link, "somebody's file");
        assertThatThrownBy(() -> Pty.open(Optional.of(link))).hasMessageContaining("is no symbolic link");
        assertThat(link).hasContent("somebody's file");
    }

    @Test
    void aNewPseudoTerminalTakesThePlaceOfOneThatNobodyMayOpenAgain(@TempDir Path folder) throws IOException {
        Path link = folder.resolve("mat");
        try (Pty linked = Pty.open(Optional.of(link))) {
            Path first = Files.readSymbolicLink(link);
            linked.renew();
            assertThat(Files.readSymbolicLink(link)).isNotEqualTo(first);
            assertThat(linked.connected()).isFalse();
            try (FileInputStream in = new FileInputStream(link.toFile())) {
                linked.write(new byte[] {7}, 0, 1);
                assertThat(in.read()).isEqualTo(7);
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysThatItIsClosed() {
        pty.close();
        pty.close();
        assertThat(pty.connected()).isFalse();
        assertThatThrownBy(() -> pty.read(new byte[1], 1000)).hasMessageContaining("closed");
        assertThatThrownBy(() -> pty.write(ALL, 0, 1)).hasMessageContaining("closed");
    }

    private byte[] received(int count) throws IOException {
        byte[] all = new byte[count];
        byte[] piece = new byte[64];
        for (int got = 0; got < count; ) {
            int n = pty.read(piece, 10_000_000);
            System.arraycopy(piece, 0, all, got, n);
            got += n;
        }
        return all;
    }
}
