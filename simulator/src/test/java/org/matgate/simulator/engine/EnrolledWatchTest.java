package org.matgate.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.receiver.Admission.Admitted;
import org.matgate.protocol.receiver.Admission.Decision;
import org.matgate.protocol.receiver.Admission.Refused;
import org.matgate.protocol.receiver.TokenBook;
import org.matgate.protocol.stream.StreamMessage.Hello;

/** What another process does to the file of an engine that starts, or runs. */
@Timeout(60)
class EnrolledWatchTest {
    @TempDir
    Path directory;

    @Test
    void theOnlyBoxIsRevokedWhileTheEngineStarts() throws Exception {
        Path file = directory.resolve("engine.db");
        try (EnrolledBoxes engine = EnrolledBoxes.open(file);
                EnrolledBoxes command = EnrolledBoxes.open(file)) {
            String token = command.enroll("a", 1);
            TokenBook book = new TokenBook();
            book.set(engine.hashes());
            assertThat(decide(book, token)).isInstanceOf(Admitted.class);
            assertThat(command.revoke("a", 2)).isTrue();
            EnrolledWatch watch = new EnrolledWatch(engine, book);
            assertThat(watch.look()).as("sessions are looked at").isTrue();
            assertThat(decide(book, token)).isInstanceOf(Refused.class);
            assertThat(watch.look()).as("nothing has changed since").isFalse();
            String next = command.enroll("a", 3);
            assertThat(watch.look()).isTrue();
            assertThat(decide(book, next)).isInstanceOf(Admitted.class);
            assertThat(decide(book, token)).isInstanceOf(Refused.class);
        }
    }

    private static Decision decide(TokenBook book, String token) {
        return book.decide(new Hello(1, 1, "a", "test", List.of(), token, new UUID(1, 2), false, List.of()));
    }
}
