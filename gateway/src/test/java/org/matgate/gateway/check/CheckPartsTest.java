package org.matgate.gateway.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.BoxClocks;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.status.Level;
import org.matgate.gateway.status.Line;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/** The parts of a check that need no reader; the whole is tried with real processes. */
class CheckPartsTest {
    private static final Source SOURCE = new Source("main", "finish", Source.Line.MAIN);

    @TempDir
    Path directory;

    private static Config.Reader reader(Config.Link link) {
        return new Config.Reader(
                SOURCE, Config.Family.MERCURY, link, List.of(1, 2), Optional.empty(), Optional.empty());
    }

    private static Event read(int antenna, OptionalInt rssi) {
        Stamp stamp = new Stamp(new UUID(1, 2), 1, 1, 1, 0);
        return new Event.TagRead(stamp, SOURCE, antenna, new Chip("0011"), rssi, ReaderTime.NONE, 1, 1);
    }

    @Test
    void aDiskThatTakesAWriteIsWellAndKeepsNothingOfIt() throws Exception {
        BoxClock clock = BoxClocks.open(Optional.empty());
        Line line = DiskCheck.of(directory, clock);
        assertThat(line.part()).isEqualTo("disk");
        assertThat(line.text()).startsWith(directory + ", ").contains(" free, a write took ");
        assertThat(line.facts().json()).contains("\"free_bytes\":", "\"write_seconds\":");
        assertThat(directory).isEmptyDirectory();
        Path later = directory.resolve("a/b");
        assertThat(DiskCheck.of(later, clock).text()).contains("not there yet");
        assertThat(later).doesNotExist();
    }

    @Test
    void aDiskThatCannotBeWrittenFails() throws Exception {
        Path file = Files.writeString(directory.resolve("data"), "");
        Line line = DiskCheck.of(file, BoxClocks.open(Optional.empty()));
        assertThat(line.level()).isEqualTo(Level.FAIL);
        assertThat(line.todo()).contains("give the directory to the user");
    }

    @Test
    void testReadsAreCountedByAntennaWithTheStrongest() {
        TestReads reads = new TestReads();
        Config.Reader reader = reader(new Config.Link.Tcp("h", 1));
        assertThat(reads.complete(reader)).isFalse();
        assertThat(reads.offer(read(1, OptionalInt.of(-6_000)))).isTrue();
        assertThat(reads.offer(read(1, OptionalInt.of(-4_100)))).isTrue();
        assertThat(reads.offer(read(1, OptionalInt.empty()))).isTrue();
        assertThat(reads.of("main", 1)).isEqualTo(new TestReads.Tally(3, OptionalInt.of(-4_100)));
        assertThat(reads.of("main", 2)).isEqualTo(TestReads.Tally.NONE);
        assertThat(reads.complete(reader)).isFalse();
        reads.offer(read(2, OptionalInt.empty()));
        assertThat(reads.complete(reader)).isTrue();
        reads.restart();
        assertThat(reads.of("main", 1).reads()).isZero();
    }

    @Test
    void aReaderThatDoesNotTellItsAntennasHasReadWithAll() {
        TestReads reads = new TestReads();
        reads.offer(read(0, OptionalInt.empty()));
        assertThat(reads.of("main", 1).reads()).isEqualTo(1);
        assertThat(reads.complete(reader(new Config.Link.Tcp("h", 1)))).isTrue();
        assertThat(reads.of("another", 1).reads()).isZero();
    }

    @Test
    void aPortThatIsNotThereOrHeldFailsAndTheNetworkHasNone() throws Exception {
        Path machine = directory.toRealPath();
        Path port = Files.createFile(machine.resolve("ttyUSB0"));
        PortSearch search = new PortSearch(machine, machine, machine);
        Config.Reader there = reader(new Config.Link.Serial(port, 115_200));
        assertThat(PortLines.of(there, search).orElseThrow())
                .satisfies(line -> assertThat(line.level()).isEqualTo(Level.OK))
                .satisfies(line -> assertThat(line.text()).isEqualTo(port + ", free"));
        Path files = Files.createDirectories(machine.resolve("99/fd"));
        Files.createSymbolicLink(files.resolve("3"), port);
        assertThat(PortLines.of(there, search).orElseThrow())
                .satisfies(line -> assertThat(line.level()).isEqualTo(Level.FAIL))
                .satisfies(line -> assertThat(line.text()).contains("HELD by a program (process 99)"));
        Config.Reader gone = reader(new Config.Link.Serial(machine.resolve("ttyUSB7"), 115_200));
        assertThat(PortLines.of(gone, search).orElseThrow().todo()).contains("plug the reader in", "ttyUSB0");
    }

    @Test
    void aPortThatTheServiceMayHoldIsNotToBeFreed() throws Exception {
        Path machine = directory.toRealPath();
        Path port = Files.createFile(machine.resolve("ttyUSB0"));
        PortSearch search = new PortSearch(machine, machine, machine);
        Path files = Files.createDirectories(machine.resolve("99/fd"));
        Files.createSymbolicLink(files.resolve("3"), port);
        Files.writeString(machine.resolve("99/cmdline"), "java org.matgate.gateway.Matgate run");
        Line serial = PortLines.of(reader(new Config.Link.Serial(port, 115_200)), search)
                .orElseThrow();
        assertThat(serial.text()).contains("HELD by matgate (process 99)");

        Config.Reader reader = reader(new Config.Link.Tcp("192.168.1.50", 5084));
        assertThat(PortLines.of(reader, search)).as("nobody is connected").isEmpty();
        Path connections = Files.createDirectory(machine.resolve("net")).resolve("tcp");
        Files.writeString(connections, "head\n   0: 0A01A8C0:9C40 3201A8C0:13DC 01 0:0\n");
        Line tcp = PortLines.of(reader, search).orElseThrow();
        assertThat(tcp.text()).isEqualTo("192.168.1.50:5084, HELD by a program on this machine");
        assertThat(List.of(serial, tcp)).allSatisfy(line -> {
            assertThat(line.level()).isEqualTo(Level.FAIL);
            assertThat(line.todo()).startsWith("left alone").contains("another data", "put data back");
            assertThat(PortLines.held(line)).isTrue();
        });
        assertThat(PortLines.of(reader(new Config.Link.Tcp("192.168.1.50", 5085)), search))
                .isEmpty();
    }
}
