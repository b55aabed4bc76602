package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.status.Order;
import org.matgate.gateway.status.Report;
import org.matgate.gateway.status.StatusServer;
import org.matgate.gateway.uplink.UplinkStatus;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Stamp;
import picocli.CommandLine;

/** Real journals in a directory, and the commands that the crew gives for them. */
abstract class JournalCommandCase {
    static final UUID BOOT = UUID.fromString("11111111-1111-4111-8111-111111111111");
    static final UUID LATER = UUID.fromString("22222222-2222-4222-8222-222222222222");

    @TempDir
    Path directory;

    final StringWriter out = new StringWriter();

    JournalCommandCase() {}

    @BeforeAll
    static void keepLogging() {
        System.setProperty("matgate.log", "on");
    }

    @AfterAll
    static void asItWas() {
        System.clearProperty("matgate.log");
    }

    final Path data() {
        return directory.resolve("data");
    }

    final int run(String... words) {
        out.getBuffer().setLength(0);
        CommandLine command =
                Matgate.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--data";
        all[words.length + 1] = data().toString();
        return command.execute(all);
    }

    final Journal open(UUID boot) throws Exception {
        return Journal.open(new Journal.Opening(data(), "box", boot, "machine", 0, Duration.ZERO));
    }

    final JournalId written(UUID boot, int events) throws Exception {
        try (Journal journal = open(boot)) {
            for (int i = 1; i <= events; i++) {
                assertThat(journal.offer(gun(boot, i))).isTrue();
            }
            return journal.id();
        }
    }

    static Event gun(UUID boot, long at) {
        return new Event.Gun(new Stamp(boot, at, at, 9, 0), "start", "GPIO17", true, false, 0);
    }

    static void taken(Journal journal, long seq) throws Exception {
        assertThat(journal.offer(gun(LATER, seq))).isTrue();
        while (journal.status().lastSeq() < seq) {
            Thread.sleep(5);
        }
    }

    /** What the running service answers its commands with. */
    final StatusServer served(Journal journal, Supplier<List<UplinkStatus>> engines) throws Exception {
        return StatusServer.start(
                        data(),
                        () -> new Report(List.of()),
                        new JournalOrders(data(), journal, engines, Order.NO_ORDERS))
                .orElseThrow();
    }
}
