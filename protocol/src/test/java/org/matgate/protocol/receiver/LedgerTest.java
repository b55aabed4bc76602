package org.matgate.protocol.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.SeqRanges.Range;
import org.matgate.protocol.stream.StreamMessage.Events;

@Timeout(60)
final class LedgerTest {
    private static final JournalId JOURNAL = new JournalId(1, 2);

    @Test
    void takesOutWhatIsHeldAndWhatComesTwice() {
        Ledger ledger = new Ledger(JOURNAL, SeqRanges.of(1, 5).plus(8, 9));

        Ledger.Intake intake = ledger.take(List.of(
                BoxClient.reads(JOURNAL, 9, 11), BoxClient.reads(JOURNAL, 4, 6), BoxClient.reads(JOURNAL, 10, 12)));

        assertThat(intake.fresh()).extracting(Entry::seq).containsExactly(6L, 10L, 11L, 12L);
        assertThat(intake.fresh())
                .allSatisfy(entry -> assertThat(entry.event()).isEqualTo(BoxClient.read(entry.seq())));
        assertThat(intake.received()).hasToString("4-6,9-12");
        assertThat(intake.duplicates()).isEqualTo(5);
        assertThat(intake.delta().gone()).containsExactly(new Range(1, 5), new Range(8, 9));
        assertThat(intake.delta().come()).containsExactly(new Range(1, 6), new Range(8, 12));
        assertThat(intake.after().held()).hasToString("1-6,8-12");
        assertThat(ledger.held()).as("changes only once stored").hasToString("1-5,8-9");
    }

    @Test
    void agreesWithASetOfSeqs() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("LedgerTest seed " + seed);
        Random random = new Random(seed);
        Ledger ledger = new Ledger(JOURNAL, SeqRanges.EMPTY);
        Set<Range> rows = new HashSet<>();
        TreeSet<Long> model = new TreeSet<>();
        for (int step = 0; step < 500; step++) {
            List<Events> runs = new ArrayList<>();
            TreeSet<Long> lacking = new TreeSet<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                long first = 1L + random.nextInt(600);
                long last = first + random.nextInt(12);
                runs.add(BoxClient.reads(JOURNAL, first, last));
                for (long seq = first; seq <= last; seq++) {
                    if (!model.contains(seq)) {
                        lacking.add(seq);
                    }
                }
            }
            Ledger.Intake intake = ledger.take(runs);
            assertThat(intake.fresh()).extracting(Entry::seq).containsExactlyElementsOf(lacking);
            apply(rows, intake.delta());
            ledger = intake.after();
            model.addAll(lacking);

            SeqRanges out = SeqRanges.of(1L + random.nextInt(600), 620);
            if (random.nextInt(10) == 0) {
                LedgerDelta delta = ledger.without(out);
                apply(rows, delta);
                ledger = new Ledger(JOURNAL, delta.after());
                model.removeIf(out::contains);
            }
            assertThat(SeqRanges.of(rows)).isEqualTo(ledger.held());
            assertThat(rows).hasSize(ledger.held().rangeCount());
            assertThat(ledger.held().size()).isEqualTo(model.size());
        }
    }

    /** What a store with one row a range does. */
    private static void apply(Set<Range> rows, LedgerDelta delta) {
        delta.gone().forEach(range -> assertThat(rows.remove(range)).isTrue());
        delta.come().forEach(range -> assertThat(rows.add(range)).isTrue());
    }
}
