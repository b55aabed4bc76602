package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.uplink.Uplink;
import org.matgate.protocol.receiver.ReadStreamServer;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;

/** A card that died, and the image of it from before in the same machine. */
@Timeout(120)
class SetBackDiskTest extends EngineCase {
    @Test
    void whatABoxReadsWithoutANetworkOnAnOlderCopyOfItsDiskReachesTheEngineThatKnowsTheLaterOne() throws Exception {
        try (ReadStreamServer server = serve(0)) {
            int port = server.address().getPort();
            JournalId first = written(BOOT, 100);
            Path image = Files.copy(data().resolve("journal.db"), directory.resolve("image.db"));
            try (Journal journal = open(BOOT);
                    Uplink uplink = uplink(journal, BOOT, port)) {
                commit(journal, BOOT, 101, 1000);
                uplink.start();
                assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            }
            assertThat(store.events(first)).hasSize(1000);

            Files.move(data(), directory.resolve("dead"));
            Files.createDirectory(data());
            Files.copy(image, data().resolve("journal.db"));
            try (Journal journal = open(LATER);
                    Uplink uplink = uplink(journal, LATER, port)) {
                // More than the engine holds, before anything is heard of it.
                commit(journal, LATER, 101, 1300);
                uplink.start();
                assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
                List<Event> read = new ArrayList<>();
                for (int at = 101; at <= 1300; at++) {
                    read.add(gun(LATER, at));
                }
                assertThat(store.events(journal.id()).values()).containsAll(read);
            }
            assertThat(store.events(first).values())
                    .as("what came from the disk that died")
                    .hasSize(1000)
                    .contains(gun(BOOT, 500));
        }
    }
}
