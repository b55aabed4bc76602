package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.matgate.simulator.reader.WireLog.Fate;

/**
 * Which held read is which true one: a multiset match on what the reads say, with the times nearest in order.
 *
 * @param partner the held read of each true one that is held, as it was sent
 * @param altered the held read of each true one that arrived with other content, because its damage cannot be detected
 * @param duplicated held reads beyond those that were sent
 * @param invented held reads that nobody sent
 */
record Matching(
        Map<TruthRead, HeldRead> partner,
        Map<TruthRead, HeldRead> altered,
        List<HeldRead> duplicated,
        List<HeldRead> invented) {
    /** An altered read arrives this soon after it was sent, or before, by the reckoning of another process. */
    private static final long ALTERED_NANOS = 1_000_000_000;

    static Matching of(List<TruthRead> truth, List<HeldRead> held) {
        // By identity: two reads may be equal in all that they say.
        Matching matching =
                new Matching(new IdentityHashMap<>(), new IdentityHashMap<>(), new ArrayList<>(), new ArrayList<>());
        // Mat by mat, as no read of one is that of another: so less is in hand at once.
        Map<String, List<TruthRead>> sentByMat =
                truth.stream().collect(Collectors.groupingBy(read -> read.read().reader()));
        Map<String, List<HeldRead>> heldByMat = held.stream().collect(Collectors.groupingBy(HeldRead::reader));
        heldByMat.forEach((mat, reads) -> matching.pairByKey(sentByMat.getOrDefault(mat, List.of()), reads));
        matching.findAltered(truth);
        matching.duplicated.sort(Comparator.comparingLong(HeldRead::utcNanos));
        matching.invented.sort(Comparator.comparingLong(HeldRead::utcNanos));
        return matching;
    }

    private void pairByKey(List<TruthRead> truth, List<HeldRead> held) {
        Map<ReadKey, List<TruthRead>> sentByKey = new HashMap<>();
        truth.forEach(read ->
                sentByKey.computeIfAbsent(read.key(), key -> new ArrayList<>(1)).add(read));
        Map<ReadKey, List<HeldRead>> heldByKey = new HashMap<>();
        held.forEach(read ->
                heldByKey.computeIfAbsent(read.key(), key -> new ArrayList<>(1)).add(read));
        heldByKey.forEach((key, reads) -> {
            List<TruthRead> sent = sentByKey.get(key);
            if (sent == null) {
                invented.addAll(reads);
            } else {
                pair(sent, reads);
            }
        });
    }

    /** The read as it is held, with its own content or altered. */
    Optional<HeldRead> find(TruthRead read) {
        return Optional.ofNullable(partner.getOrDefault(read, altered.get(read)));
    }

    /** Of reads that say the same, those that nothing happened to are the ones that are held, as far as they go. */
    private void pair(List<TruthRead> all, List<HeldRead> reads) {
        if (all.size() == 1 && reads.size() == 1) {
            partner.put(all.getFirst(), reads.getFirst());
            return;
        }
        List<TruthRead> untouched =
                all.stream().filter(read -> read.fate() == Fate.WHOLE).toList();
        List<TruthRead> sent = new ArrayList<>(reads.size() <= untouched.size() ? untouched : all);
        sent.sort(Comparator.comparingLong(TruthRead::sightedUtcNanos));
        reads.sort(Comparator.comparingLong(HeldRead::utcNanos));
        long[] sentTimes = sent.stream().mapToLong(TruthRead::sightedUtcNanos).toArray();
        long[] heldTimes = reads.stream().mapToLong(HeldRead::utcNanos).toArray();
        if (sent.size() >= reads.size()) {
            int[] index = Pairing.nearest(heldTimes, sentTimes);
            for (int i = 0; i < index.length; i++) {
                partner.put(sent.get(index[i]), reads.get(i));
            }
            return;
        }
        int[] index = Pairing.nearest(sentTimes, heldTimes);
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < index.length; i++) {
            partner.put(sent.get(i), reads.get(index[i]));
            taken.add(index[i]);
        }
        for (int i = 0; i < reads.size(); i++) {
            if (!taken.contains(i)) {
                duplicated.add(reads.get(i));
            }
        }
    }

    private void findAltered(List<TruthRead> truth) {
        truth.stream()
                .filter(read -> read.fate() == Fate.UNDETECTABLE && !partner.containsKey(read))
                .sorted(Comparator.comparingLong(TruthRead::sentMonotonicNanos))
                .forEach(read -> {
                    if (!takeAltered(read, invented)) {
                        takeAltered(read, duplicated);
                    }
                });
    }

    private boolean takeAltered(TruthRead sent, List<HeldRead> from) {
        Optional<HeldRead> nearest = from.stream()
                .filter(held -> held.reader().equals(sent.read().reader()) && distance(sent, held) <= ALTERED_NANOS)
                .min(Comparator.comparingLong(held -> distance(sent, held)));
        nearest.ifPresent(held -> {
            altered.put(sent, held);
            from.remove(held);
        });
        return nearest.isPresent();
    }

    private static long distance(TruthRead sent, HeldRead held) {
        return Math.abs(held.arrivalMonotonicNanos() - sent.sentMonotonicNanos());
    }
}
