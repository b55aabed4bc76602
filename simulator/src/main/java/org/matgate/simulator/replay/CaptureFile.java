package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A capture that was looked through from its first line to its last, and can be played. Nothing of it is held. */
public final class CaptureFile {
    private final Path file;
    private final FileStamp stamp;
    private final Opener opener;
    private final List<String> notes = new ArrayList<>();
    private OptionalLong startNanos = OptionalLong.empty();

    /** Opens the file once more. */
    @FunctionalInterface
    private interface Opener {
        Capture open(Mistakes mistakes) throws IOException;
    }

    private CaptureFile(Path file, Opener opener) throws IOException {
        this.file = file;
        this.stamp = FileStamp.of(file);
        this.opener = opener;
    }

    /**
     * Looks through the lines of an IPICO reader. A line in which there is no read is no mistake, but told.
     *
     * @param goodOnly leaves such lines out
     * @throws MistakesException if there is nothing from that moment on
     */
    public static CaptureFile ipico(Path file, From from, boolean goodOnly) throws IOException, MistakesException {
        CaptureFile lines = new CaptureFile(file, mistakes -> new IpicoCapture(file, goodOnly, mistakes));
        MistakeList odd = new MistakeList(file);
        Found found = lines.look(odd);
        if (odd.count() > 0) {
            String what = goodOnly ? "are left out: " : "are sent as they are: ";
            lines.notes.add(file + ": lines that are no good tag lines " + what + odd.count());
        }
        lines.start(found, from);
        return lines;
    }

    /**
     * Looks through bytes with their times.
     *
     * @throws MistakesException if it cannot be played
     */
    public static CaptureFile timed(Path file, From from, boolean skipBad) throws IOException, MistakesException {
        CaptureFile bytes = new CaptureFile(file, mistakes -> new TimedCapture(file, mistakes));
        MistakeList mistakes = new MistakeList(file);
        Found found = bytes.look(mistakes);
        mistakes.refuseUnless(skipBad);
        bytes.notes.addAll(mistakes.notes());
        bytes.start(found, from);
        return bytes;
    }

    /** @param times empty if nothing has a time */
    private record Found(boolean any, Optional<Span> times) {}

    private Found look(Mistakes mistakes) throws IOException {
        boolean any = false;
        Optional<Span> times = Optional.empty();
        try (Capture capture = opener.open(mistakes)) {
            for (Optional<CapturedBytes> said = capture.next(); said.isPresent(); said = capture.next()) {
                any = true;
                if (said.get().nanos().isPresent()) {
                    long nanos = said.get().nanos().getAsLong();
                    Span before = times.orElse(new Span(capture.form(), nanos, nanos));
                    times = Optional.of(
                            new Span(before.form(), before.firstNanos(), Math.max(before.lastNanos(), nanos)));
                }
            }
        }
        return new Found(any, times);
    }

    private void start(Found found, From from) throws MistakesException {
        if (!found.any()) {
            throw new MistakesException(file + ": there is nothing in it that a reader said");
        }
        if (from.equals(From.START)) {
            return;
        }
        Span times = found.times()
                .orElseThrow(() -> new MistakesException(
                        file + ": no line has a time, so that it can only be played from its beginning"));
        try {
            startNanos = OptionalLong.of(from.in(times));
        } catch (IllegalArgumentException e) {
            throw new MistakesException(file + ": " + e.getMessage());
        }
        From.wait(startNanos.getAsLong(), times).ifPresent(wait -> notes.add(file + ": " + wait));
    }

    /** What a person should know before it is played, a line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** The moment from which it is played, if it is not the first. */
    OptionalLong startNanos() {
        return startNanos;
    }

    /**
     * All from the first line that is not before the moment wanted.
     *
     * @throws IOException if it cannot be read, or has changed since
     */
    Capture open() throws IOException {
        stamp.require(file);
        Capture all = opener.open(Mistakes.KNOWN);
        return new Capture() {
            private boolean begun = startNanos.isEmpty();

            @Override
            public Optional<CapturedBytes> next() throws IOException {
                Optional<CapturedBytes> said = all.next();
                while (!begun && said.isPresent()) {
                    begun = said.get().nanos().orElse(Long.MIN_VALUE) >= startNanos.getAsLong();
                    said = begun ? said : all.next();
                }
                return said;
            }

            @Override
            public TimeForm form() {
                return all.form();
            }

            @Override
            public void close() throws IOException {
                all.close();
            }
        };
    }
}
