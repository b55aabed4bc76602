package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;

@Timeout(60)
class UpkeepTest {
    @TempDir
    Path directory;

    @Test
    void theReserveIsLeftOnceSomethingCouldBeWrittenOutOfTheLog() throws Exception {
        Path file = directory.resolve("journal.db");
        Notices notices = new Notices();
        Journal.Opening opening =
                new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO, 1_000_000, true);
        Store store = new Store(file, opening, connection -> connection, false, notices);
        Rescue rescue = new Rescue(file, notices);
        Upkeep upkeep = new Upkeep(new LogRoom(file, opening.reserveBytes()), rescue);
        try (EventWriter writer = store.open(Optional.empty()).writer();
                Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = reader.createStatement()) {
            rescue.begin(writer);
            upkeep.step(writer);
            writer.checkpoint("PASSIVE");
            // Somebody keeps a look at the file as it is now, so that nothing newer may be written to it.
            statement.execute("BEGIN");
            statement.executeQuery("SELECT count(*) FROM event").close();
            writer.append(List.of(new Entry(1, SampleEvents.read(1))));
            upkeep.full();
            for (int step = 0; step < 10; step++) {
                upkeep.step(writer);
                assertThat(upkeep.inReserve()).as("nobody has found room").isTrue();
            }
            statement.execute("ROLLBACK");
            upkeep.step(writer);
            assertThat(upkeep.inReserve()).isFalse();
        }
        upkeep.close();
    }
}
