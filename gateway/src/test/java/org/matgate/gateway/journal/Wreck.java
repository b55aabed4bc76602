package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a disk holds after the power failed at some instant: what was synced, and of each later write all, nothing or some
 * sectors, in no order.
 */
final class Wreck {
    private static final int SECTOR = 512;

    private final Random random;
    /** How likely it is that a sync was a lie. */
    private final double lies;

    /** A file's bytes, with room to grow. */
    private static final class Content {
        private byte[] bytes = new byte[1 << 16];
        private int size;

        void size(int now) {
            if (now > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * now);
            }
            if (now < size) {
                Arrays.fill(bytes, now, size, (byte) 0);
            }
            size = now;
        }
    }

    private final Map<String, Content> synced = new HashMap<>();
    private final Map<String, List<FaultyDisk.Step>> pending = new HashMap<>();
    private final StringBuilder told = new StringBuilder();

    Wreck(Random random, double lies) {
        this.random = random;
        this.lies = lies;
    }

    /** Plays the steps up to the instant. */
    Wreck play(List<FaultyDisk.Step> steps) {
        for (FaultyDisk.Step step : steps) {
            if (step.file().equals("told")) {
                told.append(new String(step.data(), StandardCharsets.US_ASCII));
                continue;
            }
            if (step.file().equals(".")) {
                pending.values().forEach(this::removed);
                continue;
            }
            List<FaultyDisk.Step> since = pending.computeIfAbsent(step.file(), unused -> new ArrayList<>());
            if (step.kind() == 's') {
                if (random.nextDouble() >= lies) {
                    since.forEach(before -> apply(before, before.data().length));
                    since.clear();
                }
            } else {
                since.add(step);
            }
        }
        return this;
    }

    /** The directory was synced: of a file that was removed nothing from before comes back. */
    private void removed(List<FaultyDisk.Step> since) {
        for (int i = since.size() - 1; i >= 0; i--) {
            if (since.get(i).kind() == 'u') {
                synced.remove(since.get(i).file());
                since.subList(0, i + 1).clear();
                return;
            }
        }
    }

    /** The lines that were told before the instant. */
    List<String> told() {
        return told.toString().lines().toList();
    }

    /** Writes the files as they are found. */
    void write(Path directory) throws IOException {
        pending.values()
                .forEach(steps -> steps.forEach(step -> {
                    if (random.nextInt(3) > 0) {
                        apply(step, random.nextBoolean() ? step.data().length : -1);
                    }
                }));
        for (Map.Entry<String, Content> file : synced.entrySet()) {
            Content content = file.getValue();
            Files.write(directory.resolve(file.getKey()), Arrays.copyOf(content.bytes, content.size));
        }
    }

    /** @param length -1: only some sectors of it */
    private void apply(FaultyDisk.Step step, int length) {
        if (step.kind() == 'u') {
            synced.remove(step.file());
            return;
        }
        Content content = synced.computeIfAbsent(step.file(), unused -> new Content());
        if (step.kind() == 't') {
            content.size((int) step.offset());
            return;
        }
        content.size(Math.max(content.size, (int) step.offset() + step.data().length));
        for (int at = 0; at < step.data().length; at += SECTOR) {
            if (length >= 0 || random.nextBoolean()) {
                int n = Math.min(SECTOR, step.data().length - at);
                System.arraycopy(step.data(), at, content.bytes, (int) step.offset() + at, n);
            }
        }
    }
}
