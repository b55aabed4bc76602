package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {
    @TempDir
    Path directory;

    @Test
    void aTemporaryPlaceGoesWithAllThatIsInIt() throws Exception {
        Path place;
        try (Workplace workplace = Workplace.open(Optional.empty())) {
            place = workplace.directory().directory();
            Files.createDirectories(place.resolve("boxes/finish"));
            Files.writeString(place.resolve("boxes/finish/matgate.toml"), "x");
        }
        assertThat(place).doesNotExist();
    }

    @Test
    void aKeptPlaceStays() throws Exception {
        Path place = directory.resolve("new/place");
        try (Workplace workplace = Workplace.open(Optional.of(place))) {
            assertThat(workplace.directory().directory()).isEqualTo(place);
            Files.writeString(place.resolve("truth.csv"), "x");
        }
        assertThat(place.resolve("truth.csv")).exists();
    }

    @Test
    void evidenceOfAnotherRaceIsNotMixedIn() throws Exception {
        Files.writeString(directory.resolve("truth.csv"), "x");
        assertThatThrownBy(() -> Workplace.open(Optional.of(directory)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> Workplace.open(Optional.of(directory.resolve("truth.csv"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no directory");
    }
}
