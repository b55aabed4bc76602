package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.matgate.gateway.config.Config;

/** The kernel's part, as far as a machine without a GPIO chip can tell: real calls on real files. */
class GpioChipTest {
    private static PinTrouble trouble(String chip) {
        return catchThrowableOfType(PinTrouble.class, () -> GpioChip.open(chip));
    }

    @Test
    void aChipThatIsNotThere() {
        PinTrouble trouble = trouble("/dev/gpiochip-that-is-not-there");
        assertThat(trouble.what()).isEqualTo("there is no GPIO chip /dev/gpiochip-that-is-not-there");
        assertThat(trouble.todo()).startsWith("correct chip in [gpio]: ").contains("/dev/gpiochip");
        assertThat(trouble("no-such-label").what()).isEqualTo("there is no GPIO chip no-such-label");
    }

    @Test
    void aDeviceThatIsNoChip() {
        PinTrouble trouble = trouble("/dev/null");
        assertThat(trouble.what()).isEqualTo("/dev/null is no GPIO chip (ENOTTY)");
        assertThat(trouble.todo()).startsWith("correct chip in [gpio]: ");
    }

    @Test
    void callsTellErrno() {
        GpioCalls.Failed failed = catchThrowableOfType(GpioCalls.Failed.class, () -> GpioCalls.open("/dev/null/x"));
        assertThat(failed).hasMessage("open /dev/null/x: errno 20");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(8);
            assertThatThrownBy(() -> GpioCalls.read(-1, bytes)).hasMessage("read: errno 9");
        }
        assertThat(FileDescriptor.in.valid()).isTrue();
    }

    @Test
    void anotherThreadEndsTheWait() throws Exception {
        try (KernelEdges edges = new KernelEdges("/dev/null")) {
            Thread waker = Thread.ofPlatform().start(edges::wake);
            // Without the wake-up this would take longer than the whole test may.
            edges.await(List.of(), 3_600_000_000_000L);
            waker.join();
            edges.wake();
            edges.wake();
            edges.await(List.of(), 3_600_000_000_000L);
        }
        KernelEdges closed = new KernelEdges("/dev/null");
        closed.close();
        closed.wake();
    }

    @Test
    void linesAreWrittenAsNumbersOrNames() {
        assertThat(GpioChip.number("17")).hasValue(17);
        assertThat(GpioChip.number("GPIO17")).isEmpty();
        assertThat(GpioChip.number("99999")).isEmpty();
        assertThat(GpioChip.number("")).isEmpty();
    }

    @Test
    void eventsOfTheKernelAreEdges() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment events = arena.allocate(3 * GpioAbi.EVENT_BYTES, 8);
            event(events, 0, 123_456_789_012_345L, 1, 0xFFFF_FFFF);
            event(events, 1, 123_456_789_112_345L, 2, 7);
            assertThat(KernelEdges.parse(events, 2 * GpioAbi.EVENT_BYTES))
                    .containsExactly(
                            new EdgeSource.RawEdge(123_456_789_012_345L, true, 0xFFFF_FFFFL),
                            new EdgeSource.RawEdge(123_456_789_112_345L, false, 7));
        }
    }

    private static void event(MemorySegment events, int index, long nanos, int id, int lineSequence) {
        long at = index * 48L;
        events.set(ValueLayout.JAVA_LONG, at, nanos);
        events.set(ValueLayout.JAVA_INT, at + 8, id);
        events.set(ValueLayout.JAVA_INT, at + 12, 17);
        events.set(ValueLayout.JAVA_INT, at + 16, 99);
        events.set(ValueLayout.JAVA_INT, at + 20, lineSequence);
    }

    @Test
    void takingALineOfNoChipTellsTheChip() {
        PinTrouble trouble = catchThrowableOfType(
                PinTrouble.class,
                () -> KernelEdges.take("/dev/zero", "17", Config.Gpio.Bias.PULL_DOWN, true, "matgate test"));
        assertThat(trouble.what()).startsWith("/dev/zero is no GPIO chip");
    }
}
