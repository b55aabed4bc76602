package org.matgate.protocol.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a parser told, in order; checks that it accounts for every byte once. */
public final class Heard<M> implements FrameParser.Sink<M> {
    /** A message, or bytes that were skipped, and where it ended. */
    public sealed interface Item<M> {
        long end();
    }

    /** A message. */
    public record Found<M>(M message, FramePosition position) implements Item<M> {
        @Override
        public long end() {
            return position.end();
        }
    }

    /** Bytes that belong to no message. */
    public record Lost<M>(Skipped skipped) implements Item<M> {
        @Override
        public long end() {
            return skipped.end();
        }
    }

    private final List<Item<M>> items = new ArrayList<>();
    private long accounted;

    @Override
    public void message(M message, FramePosition position) {
        account(position.end(), position.length());
        items.add(new Found<>(message, position));
    }

    @Override
    public void skipped(Skipped skipped) {
        account(skipped.end(), skipped.length());
        assertThat(skipped.sample()).hasSize((int) Math.min(skipped.length(), Skipped.SAMPLE_BYTES) * 2);
        int last = items.size() - 1;
        if (last >= 0 && items.get(last) instanceof Lost<M> before) {
            items.set(last, new Lost<>(joined(before.skipped(), skipped)));
        } else {
            items.add(new Lost<>(skipped));
        }
    }

    private void account(long end, long length) {
        assertThat(length).isPositive();
        assertThat(end - length).as("begin of what ends at %d", end).isEqualTo(accounted);
        accounted = end;
    }

    /** Two pieces of one run as one: how a stream is cut into calls must not matter. */
    private static Skipped joined(Skipped first, Skipped second) {
        String sample = first.sample() + second.sample();
        return new Skipped(
                first.reason() == Skipped.Reason.NOISE ? second.reason() : first.reason(),
                second.end(),
                first.length() + second.length(),
                sample.substring(0, Math.min(sample.length(), 2 * Skipped.SAMPLE_BYTES)));
    }

    /** Bytes that are in a message or skipped. */
    public long accounted() {
        return accounted;
    }

    /** All, with skipped bytes that follow each other as one. */
    public List<Item<M>> items() {
        return items;
    }

    /** The messages alone. */
    public List<M> messages() {
        List<M> messages = new ArrayList<>();
        for (Item<M> item : items) {
            if (item instanceof Found<M> found) {
                messages.add(found.message());
            }
        }
        return messages;
    }

    /** All in the words of golden files. */
    public String text() {
        return items.stream().map(Heard::text).collect(Collectors.joining(" ; "));
    }

    private static String text(Item<?> item) {
        return switch (item) {
            case Found<?> found -> String.valueOf(found.message());
            case Lost<?> lost ->
                "skipped " + lost.skipped().reason() + " " + lost.skipped().length();
        };
    }
}
