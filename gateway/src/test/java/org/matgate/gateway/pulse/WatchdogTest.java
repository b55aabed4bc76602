package org.matgate.gateway.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class WatchdogTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private final Logger logger = (Logger) LoggerFactory.getLogger(Watchdog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Pulse beaten(String name, int seconds) {
        Pulse pulse = new Pulse(name, Duration.ofSeconds(seconds));
        pulse.beat();
        pulse.beat();
        return pulse;
    }

    private static int wellFor(Watchdog watchdog, int most) {
        int looks = 0;
        while (looks < most && watchdog.look()) {
            looks++;
        }
        return looks;
    }

    @Test
    void aThreadThatStandsStillIsToldOnceWithWhoWhereAndHowLong() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Pulse pulse = new Pulse("reader main", Duration.ofSeconds(20));
        Thread stuck = Thread.ofPlatform().daemon().start(() -> {
            pulse.beat();
            pulse.beat();
            begun.countDown();
            standHere(end);
            pulse.beat();
        });
        begun.await();
        awaitStanding(stuck);
        Watchdog watchdog = new Watchdog(List.of(beaten("other", 60), pulse), SECOND);
        assertThat(watchdog.look()).as("the look that sees the beats").isTrue();
        assertThat(wellFor(watchdog, 100)).isEqualTo(20);
        assertThat(watchdog.look()).isFalse();
        assertThat(watchdog.stuck()).isEqualTo("reader main for 22 s");
        assertThat(logged())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith(
                                "reader main has stood still for 21 s, longer than the 20 s it may take; it is stuck")
                        .contains("    at org.matgate.gateway.pulse.WatchdogTest.standHere("));
        end.countDown();
        stuck.join();
        assertThat(watchdog.look()).as("it has beaten once more").isTrue();
        assertThat(logged()).hasSize(2).last().isEqualTo("reader main goes on");
        assertThat(wellFor(watchdog, 100)).isEqualTo(20);
        assertThat(logged().getLast()).contains("(its thread has ended)");
    }

    private static void awaitStanding(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void standHere(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatHasALimitOfItsOwnIsGivenThatMuchMoreUntilTheNextBeat() {
        Pulse pulse = beaten("reader", 5);
        Watchdog watchdog = new Watchdog(List.of(pulse), SECOND);
        watchdog.look();
        pulse.beat(Duration.ofSeconds(30));
        watchdog.look();
        assertThat(wellFor(watchdog, 100)).isEqualTo(35);
        pulse.beat();
        watchdog.look();
        assertThat(wellFor(watchdog, 100)).isEqualTo(5);
    }

    @Test
    void whatHasNotComeRoundOnceIsToldOfAndNoReasonForARestartAsOneHasJustBeen() {
        Pulse pulse = new Pulse("reader", Duration.ofSeconds(5));
        Watchdog watchdog = new Watchdog(List.of(pulse), SECOND);
        assertThat(wellFor(watchdog, 1000)).isEqualTo(1000);
        assertThat(logged()).singleElement().asString().contains("(it has not begun)");
        assertThat(watchdog.stuck()).startsWith("reader for ");
        pulse.beat();
        watchdog.look();
        assertThat(wellFor(watchdog, 1000)).isEqualTo(1000);
        pulse.beat();
        watchdog.look();
        assertThat(wellFor(watchdog, 1000)).isEqualTo(5);
    }

    /** As of a kernel that has one thread of that name, in this state. */
    private KernelThreads threads(String name, String state) throws IOException {
        Path tasks = directory.resolve("task");
        Path thread = Files.createDirectories(tasks.resolve("4711"));
        Files.writeString(thread.resolve("comm"), name + "\n");
        Files.writeString(thread.resolve("stat"), "4711 (" + name + ") " + state + " 1 4711 4711 0 -1 4194304\n");
        return new KernelThreads(tasks);
    }

    @Test
    void whoNoSignalGetsIsToldOfAndNoReasonToEndTheProcess() throws Exception {
        String before = Thread.currentThread().getName();
        Thread.currentThread().setName("reader-finish (main) mat");
        try {
            Watchdog watchdog = new Watchdog(List.of(beaten("reader", 5)), SECOND, threads("reader-finish (", "D"));
            watchdog.look();
            assertThat(wellFor(watchdog, 100)).isEqualTo(100);
            assertThat(watchdog.stuck()).startsWith("reader for ");
            threads("reader-finish (", "S");
            assertThat(watchdog.look()).as("it could be killed now").isFalse();
            threads("reader-finish", "D");
            assertThat(watchdog.look()).as("another thread").isFalse();
        } finally {
            Thread.currentThread().setName(before);
        }
    }

    /** That the kernel knows Java's threads by these names. */
    @Test
    void theThreadsOfThisProcessAreFoundAndNoneOfThemWaitsForADevice() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread waiting =
                Thread.ofPlatform().daemon().name("reader-of-a-long-name").start(() -> standHere(end));
        // A thread tells the kernel its name by itself, as it begins.
        awaitStanding(waiting);
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            assertThat(tasks.map(task -> read(task.resolve("comm")))).contains("reader-of-a-lon");
        }
        assertThat(new KernelThreads().unkillable("reader-of-a-long-name")).isFalse();
        assertThat(new KernelThreads(directory.resolve("none")).unkillable("reader"))
                .isFalse();
        end.countDown();
        waiting.join();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aThreadThatIsAskedBeatsByAnsweringAndIsAskedNoMoreUntilItHas() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        Watchdog watchdog = new Watchdog(List.of(Pulse.asked("loop", Duration.ofSeconds(5), tasks::add)), SECOND);
        for (int i = 0; i < 100; i++) {
            assertThat(watchdog.look()).isTrue();
            assertThat(tasks).hasSize(1);
            tasks.remove().run();
        }
        assertThat(watchdog.look()).isTrue();
        assertThat(wellFor(watchdog, 100)).isEqualTo(5);
        assertThat(tasks).as("of one that does not answer").hasSize(1);
    }

    @Test
    void aThreadThatTakesNothingMoreIsStuck() {
        boolean[] ended = {false};
        Pulse pulse = Pulse.asked("loop", Duration.ofSeconds(5), task -> {
            if (ended[0]) {
                throw new java.util.concurrent.RejectedExecutionException("ended");
            }
            task.run();
        });
        Watchdog watchdog = new Watchdog(List.of(pulse), SECOND);
        assertThat(wellFor(watchdog, 50)).isEqualTo(50);
        ended[0] = true;
        assertThat(wellFor(watchdog, 50)).isLessThan(8);
    }
}
