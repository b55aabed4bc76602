package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Stamp;

class RecentEntriesTest {
    private static final JournalId JOURNAL = new JournalId(1, 2);

    private JournalId current = JOURNAL;
    private final RecentEntries recent = new RecentEntries(() -> current);
    private long lastSeq = 100;

    private List<Entry> commit(int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Stamp stamp = new Stamp(new UUID(3, 4), lastSeq, 0, 1, 0);
            entries.add(new Entry(++lastSeq, new Event.Mark(stamp, "finish", "button", true, 0)));
        }
        recent.committed(JOURNAL, entries);
        return entries;
    }

    @Test
    void nothingIsKnownOfWhatCameBefore() {
        assertThat(recent.read(JOURNAL, 1, 10, 10)).isEmpty();
        commit(3);
        assertThat(recent.read(JOURNAL, 100, 103, 10)).isEmpty();
        assertThat(recent.read(JOURNAL, 101, 103, 10).orElseThrow()).hasSize(3);
        assertThat(recent.read(JOURNAL, 104, 200, 10).orElseThrow()).isEmpty();
    }

    @Test
    void aJournalBegunAnewIsAnother() {
        JournalId other = new JournalId(5, 6);
        List<Entry> old = commit(3);
        recent.committed(other, old);
        assertThat(recent.read(other, 101, 103, 10)).isEmpty();
        current = other;
        recent.committed(other, old.subList(0, 1));
        assertThat(recent.read(other, 101, 103, 10).orElseThrow()).hasSize(1);
        assertThat(recent.read(JOURNAL, 101, 103, 10)).isEmpty();
    }

    @Test
    void givesWhatTheDiskWouldGive() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.addAll(commit(1 + random.nextInt(200)));
            long first = Math.max(1, lastSeq - random.nextInt(20_000));
            long last = first + random.nextInt(3000);
            int most = random.nextInt(2000);
            recent.read(JOURNAL, first, last, most)
                    .ifPresent(found -> assertThat(found)
                            .as("seed %d, %d to %d, at most %d", seed, first, last, most)
                            .isEqualTo(all.stream()
                                    .filter(entry -> entry.seq() >= first && entry.seq() <= last)
                                    .limit(most)
                                    .toList()));
        }
        assertThat(recent.read(JOURNAL, lastSeq - RecentEntries.MOST_EVENTS, lastSeq, 1))
                .isEmpty();
        assertThat(recent.read(JOURNAL, lastSeq - RecentEntries.MOST_EVENTS + 200, lastSeq, 1))
                .isPresent();
    }
}
