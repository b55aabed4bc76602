package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.Batch;
import org.matgate.protocol.receiver.EventStore;
import org.matgate.protocol.receiver.LedgerDelta;
import org.matgate.protocol.receiver.ReadStreamServer;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/** A whole service whose disk went back to an earlier state, and an engine that knows what came after. */
@Timeout(60)
class GatewayAnewTest {
    @TempDir
    Path directory;

    @Test
    void aDiskThatWentBackOverwritesNothingInTheEngineAndANewJournalIsToldThere() throws Exception {
        Store store = new Store();
        try (ReadStreamServer server = ReadStreamServer.builder(store, System::nanoTime)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .engine("library")
                .admission(Admission.token("let me in"))
                .start()) {
            Config config = config(server.address().getPort());
            run(config, () -> store.count(BoxCondition.STARTED) == 1);
            Path earlier = copy(directory.resolve("data"), directory.resolve("earlier"));
            run(config, () -> store.count(BoxCondition.STARTED) == 2);
            JournalId journal = store.only();
            Map<Long, Event> held = store.events(journal);

            Files.move(directory.resolve("data"), directory.resolve("later"));
            copy(earlier, directory.resolve("data"));
            run(config, () -> store.count(BoxCondition.JOURNAL_BEGUN) == 1);

            assertThat(store.events(journal))
                    .as("the engine's are as they were")
                    .isEqualTo(held);
            JournalId next = store.other(journal);
            assertThat(store.events(next).values())
                    .filteredOn(event ->
                            event instanceof Event.BoxState state && state.condition() == BoxCondition.JOURNAL_BEGUN)
                    .singleElement()
                    .asString()
                    .contains("engine central holds journal " + journal + " up to seq ", "the disk went back");
            assertThat(store.held(next).contains(1)).isTrue();
        }
    }

    /** A service from its start until this is so. */
    private static void run(Config config, BooleanSupplier until) throws Exception {
        try (Gateway gateway = Gateway.start(config)) {
            while (!until.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(gateway.summary()).contains("1 engines");
        }
    }

    private Config config(int port) throws Exception {
        return ConfigLoader.load(
                Files.writeString(directory.resolve("matgate.toml"), """
                [box]
                name = "finish-a"
                data = "data"
                timing_point = "finish"
                [[reader]]
                name = "main"
                family = "ipico"
                address = "127.0.0.1:1"
                [[engine]]
                name = "central"
                address = "127.0.0.1:PORT"
                token = "let me in"
                """.replace("PORT", String.valueOf(port))));
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    /** What an engine holds; what it is given again would replace it. */
    private static final class Store implements EventStore {
        private final Map<JournalId, TreeMap<Long, Event>> events = new LinkedHashMap<>();
        private final Map<JournalId, SeqRanges> ledger = new HashMap<>();

        synchronized Map<Long, Event> events(JournalId journal) {
            return new TreeMap<>(events.getOrDefault(journal, new TreeMap<>()));
        }

        synchronized long count(BoxCondition condition) {
            return events.values().stream()
                    .flatMap(journal -> journal.values().stream())
                    .filter(event -> event instanceof Event.BoxState state && state.condition() == condition)
                    .count();
        }

        synchronized JournalId only() {
            assertThat(events).hasSize(1);
            return events.keySet().iterator().next();
        }

        synchronized JournalId other(JournalId than) {
            assertThat(events).hasSize(2);
            return events.keySet().stream()
                    .filter(id -> !id.equals(than))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public synchronized SeqRanges held(JournalId journal) {
            return ledger.getOrDefault(journal, SeqRanges.EMPTY);
        }

        @Override
        public synchronized void store(Batch batch, LedgerDelta delta) {
            TreeMap<Long, Event> journal = events.computeIfAbsent(batch.journal(), id -> new TreeMap<>());
            for (Entry entry : batch.entries()) {
                journal.put(entry.seq(), entry.event());
            }
            ledger.put(batch.journal(), delta.after());
        }

        @Override
        public synchronized void forget(LedgerDelta delta) {
            events.getOrDefault(delta.journal(), new TreeMap<>())
                    .keySet()
                    .removeIf(seq -> !delta.after().contains(seq));
            ledger.put(delta.journal(), delta.after());
        }
    }
}
