package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.ReadStreamServer;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.matgate.protocol.stream.JournalId;

/** A whole service whose disk went back to an earlier state, and an engine that knows what came after. */
@Timeout(60)
class GatewayAnewTest {
    @TempDir
    Path directory;

    @Test
    void aDiskThatWentBackOverwritesNothingInTheEngineAndANewJournalIsToldThere() throws Exception {
        HeldEvents store = new HeldEvents();
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
}
