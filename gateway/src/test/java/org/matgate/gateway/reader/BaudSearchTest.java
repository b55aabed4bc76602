package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BaudSearchTest {
    private final BaudSearch search = new BaudSearch(OptionalInt.of(115_200), List.of(115_200, 9_600, 38_400));

    private List<Integer> failures(int count) {
        List<Integer> tried = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            search.nothingUnderstood();
            tried.add(search.baud().orElseThrow());
        }
        return tried;
    }

    @Test
    void theConfiguredRateComesBackBetweenTheOthers() {
        assertThat(search.baud()).hasValue(115_200);
        assertThat(failures(8)).containsExactly(115_200, 9_600, 115_200, 38_400, 115_200, 9_600, 115_200, 38_400);
    }

    @Test
    void whereItWasUnderstoodItStays() {
        assertThat(failures(2)).endsWith(9_600);
        search.understood();
        assertThat(search.baud()).hasValue(9_600);
        assertThat(failures(2)).as("the reader was switched off").containsExactly(115_200, 9_600);
        search.told(115_200);
        assertThat(search.baud()).hasValue(115_200);
    }

    @Test
    void aLinkWithoutARateHasNothingToSearch() {
        BaudSearch none = new BaudSearch(OptionalInt.empty(), List.of(9_600));
        none.nothingUnderstood();
        none.nothingUnderstood();
        none.nothingUnderstood();
        assertThat(none.baud()).isEmpty();
    }
}
