package org.matgate.gateway.journal;

import static org.matgate.protocol.stream.Event.BoxCondition.READS_LOST;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;

/**
 * A process of its own that journals reads 0, 1, 2, … and writes into the file {@code told} the last seq of each commit
 * that it is told of. Each line that it reads from its input has it offer so many more, or with {@code lose N} as
 * many as there is room for and N more, whose count it has committed; it answers with what is told and
 * whether the reserve is whole or in use; {@code stop} ends it in order, the end of its input without closing.
 */
final class FaultyChild {
    private FaultyChild() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        boolean forced = Boolean.parseBoolean(args[1]);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(Duration.ofSeconds(170));
            } catch (InterruptedException e) {
                // Then it ends now.
            }
            Runtime.getRuntime().halt(3);
        });
        Journal journal = Journal.open(new Journal.Opening(
                directory, "box", UUID.fromString(args[2]), "machine", 1, Duration.ZERO, 1_500_000, forced));
        FileChannel told =
                FileChannel.open(directory.resolve("told"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        journal.subscribe((id, run) -> {
            Entry last = run.getLast();
            try {
                told.write(ByteBuffer.wrap((id + " " + last.seq() + "\n").getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                Runtime.getRuntime().halt(4);
            }
        });
        long number = 0;
        System.out.println("ready");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("stop")) {
                journal.close();
                Runtime.getRuntime().halt(0);
            }
            if (line.startsWith("lose ")) {
                number = lose(journal, number, Integer.parseInt(line.substring(5)));
            }
            long end = line.startsWith("lose ") ? number : number + Long.parseLong(line.strip());
            while (number < end) {
                if (!journal.offer(SampleEvents.read(number))) {
                    System.out.println("refused " + number);
                    Runtime.getRuntime().halt(5);
                }
                number++;
                if (number % 40 == 0) {
                    Thread.sleep(1);
                }
            }
            JournalStatus status = journal.status();
            System.out.println("stands " + status.lastSeq() + " "
                    + status.care().reserved() + " " + status.care().inReserve() + " "
                    + status.care().reserveLeft() + " " + status.trouble().orElse("-"));
        }
        Runtime.getRuntime().halt(0);
    }

    private static long lose(Journal journal, long from, int count) {
        long number = from;
        for (int refused = 0; refused < count; ) {
            if (journal.offer(SampleEvents.read(number))) {
                number++;
            } else {
                refused++;
            }
        }
        journal.offerAhead(new Event.BoxState(
                SampleEvents.read(number).stamp(), READS_LOST, "box", "test", false, "", journal.refused()));
        return number;
    }
}
