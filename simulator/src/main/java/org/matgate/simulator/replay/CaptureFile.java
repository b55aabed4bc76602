package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A capture that was looked through from its first line to its last, and can be played. Nothing of it is held. */
public final class CaptureFile {
    private final Opener opener;
    private final List<String> notes;
    private final long startNanos;

    /** Opens the file once more. */
    @FunctionalInterface
    private interface Opener {
        Capture open(Mistakes mistakes) throws IOException;
    }

    private CaptureFile(Opener opener, List<String> notes, long startNanos) {
        this.opener = opener;
        this.notes = List.copyOf(notes);
        this.startNanos = startNanos;
    }

    /**
     * Looks through the lines of an IPICO reader. A line in which there is no read is no mistake, but told.
     *
     * @param goodOnly leaves such lines out
     * @throws MistakesException if there is nothing from that moment on
     */
    public static CaptureFile ipico(Path file, From from, boolean goodOnly) throws IOException, MistakesException {
        Opener opener = mistakes -> new IpicoCapture(file, goodOnly, mistakes);
        MistakeList odd = new MistakeList(file);
        long start = start(file, opener, odd, from);
        String what = goodOnly ? "are left out: " : "are sent as they are: ";
        return new CaptureFile(
                opener,
                odd.count() == 0
                        ? List.of()
                        : List.of(file + ": lines that are no good tag lines " + what + odd.count()),
                start);
    }

    /**
     * Looks through bytes with their times.
     *
     * @throws MistakesException if it cannot be played
     */
    public static CaptureFile timed(Path file, From from, boolean skipBad) throws IOException, MistakesException {
        Opener opener = mistakes -> new TimedCapture(file, mistakes);
        MistakeList mistakes = new MistakeList(file);
        long start;
        try {
            start = start(file, opener, mistakes, from);
        } catch (MistakesException e) {
            mistakes.refuseUnless(skipBad);
            throw e;
        }
        mistakes.refuseUnless(skipBad);
        List<String> notes = new ArrayList<>(mistakes.told());
        if (mistakes.count() > 0) {
            notes.add(file + ": rows left out: " + mistakes.count());
        }
        return new CaptureFile(opener, notes, start);
    }

    private static long start(Path file, Opener opener, MistakeList mistakes, From from)
            throws IOException, MistakesException {
        boolean any = false;
        long first = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        try (Capture capture = opener.open(mistakes)) {
            for (Optional<CapturedBytes> said = capture.next(); said.isPresent(); said = capture.next()) {
                any = true;
                if (said.get().nanos().isPresent()) {
                    long nanos = said.get().nanos().getAsLong();
                    first = first == Long.MIN_VALUE ? nanos : first;
                    last = Math.max(last, nanos);
                }
            }
        }
        if (!any) {
            throw new MistakesException(file + ": nothing that a reader said");
        }
        if (from.equals(From.START)) {
            return Long.MIN_VALUE;
        }
        if (last == Long.MIN_VALUE) {
            throw new MistakesException(
                    file + ": no line has a time, so that it can only be played from its beginning");
        }
        try {
            return from.in(first, last);
        } catch (IllegalArgumentException e) {
            throw new MistakesException(file + ": " + e.getMessage());
        }
    }

    /** What a person should know before it is played, a line each. */
    public List<String> notes() {
        return notes;
    }

    /** The moment from which it is played, if it is not the first. */
    OptionalLong startNanos() {
        return startNanos == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(startNanos);
    }

    /** All from the first line that is not before the moment wanted. */
    Capture open() throws IOException {
        Capture all = opener.open(Mistakes.KNOWN);
        return new Capture() {
            private boolean begun = startNanos == Long.MIN_VALUE;

            @Override
            public Optional<CapturedBytes> next() throws IOException {
                Optional<CapturedBytes> said = all.next();
                while (!begun && said.isPresent()) {
                    begun = said.get().nanos().orElse(Long.MIN_VALUE) >= startNanos;
                    said = begun ? said : all.next();
                }
                return said;
            }

            @Override
            public void close() throws IOException {
                all.close();
            }
        };
    }
}
