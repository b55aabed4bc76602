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
    private final Speed speed;
    private final List<String> notes = new ArrayList<>();
    private OptionalLong startNanos = OptionalLong.empty();

    /** Opens the file once more. */
    @FunctionalInterface
    private interface Opener {
        Capture open(Mistakes mistakes) throws IOException;
    }

    private CaptureFile(Path file, Speed speed, Opener opener) throws IOException {
        this.file = file;
        this.stamp = FileStamp.of(file);
        this.opener = opener;
        this.speed = speed;
    }

    /**
     * Looks through the lines of an IPICO reader. A line in which there is no read is no mistake, but told.
     *
     * @param skipBad leaves such lines out, and waits that are too long
     * @param speed at which it is to be played
     * @throws MistakesException if there is nothing from that moment on, or a wait is too long
     */
    public static CaptureFile ipico(Path file, From from, boolean skipBad, Speed speed)
            throws IOException, MistakesException {
        CaptureFile lines = new CaptureFile(file, speed, mistakes -> new IpicoCapture(file, skipBad, mistakes));
        MistakeList odd = new MistakeList(file);
        Found found = lines.look(odd);
        if (odd.count() > 0) {
            String what = skipBad ? "are left out: " : "are sent as they are: ";
            lines.notes.add(file + ": lines that are no good tag lines " + what + odd.count());
        }
        found.stepsBack()
                .note(file, TimeForm.WITHOUT_ZONE, "it is sent in its place in the file, without a wait")
                .ifPresent(lines.notes::add);
        lines.start(found, from, skipBad);
        return lines;
    }

    /**
     * Looks through bytes with their times.
     *
     * @param skipBad leaves out lines that are none, and waits that are too long
     * @param speed at which it is to be played
     * @throws MistakesException if it cannot be played
     */
    public static CaptureFile timed(Path file, From from, boolean skipBad, Speed speed)
            throws IOException, MistakesException {
        CaptureFile bytes = new CaptureFile(file, speed, mistakes -> new TimedCapture(file, mistakes));
        MistakeList mistakes = new MistakeList(file);
        Found found = bytes.look(mistakes);
        mistakes.refuseUnless(skipBad);
        bytes.notes.addAll(mistakes.notes());
        bytes.start(found, from, skipBad);
        return bytes;
    }

    /** @param times empty if nothing has a time */
    private record Found(boolean any, Optional<Span> times, Waits waits, StepsBack stepsBack) {}

    private Found look(Mistakes mistakes) throws IOException {
        boolean any = false;
        Optional<Span> times = Optional.empty();
        Waits waits = new Waits(speed);
        StepsBack stepsBack = new StepsBack();
        try (Capture capture = opener.open(mistakes)) {
            for (Optional<CapturedBytes> said = capture.next(); said.isPresent(); said = capture.next()) {
                any = true;
                if (said.get().nanos().isPresent()) {
                    long nanos = said.get().nanos().getAsLong();
                    waits.row(capture.line(), nanos);
                    stepsBack.row(capture.line(), nanos);
                    Span before = times.orElse(new Span(capture.form(), nanos, nanos));
                    times = Optional.of(
                            new Span(before.form(), before.firstNanos(), Math.max(before.lastNanos(), nanos)));
                }
            }
        }
        return new Found(any, times, waits, stepsBack);
    }

    private void start(Found found, From from, boolean skipBad) throws MistakesException {
        if (!found.any()) {
            throw new MistakesException(file + ": there is nothing in it that a reader said");
        }
        if (!from.equals(From.START)) {
            startNanos = OptionalLong.of(start(found, from));
        }
        if (found.times().isPresent()) {
            TimeForm form = found.times().get().form();
            notes.addAll(found.waits().notes(file, form, startNanos.orElse(Long.MIN_VALUE), skipBad));
        }
    }

    private long start(Found found, From from) throws MistakesException {
        Span times = found.times()
                .orElseThrow(() -> new MistakesException(
                        file + ": no line has a time, so that it can only be played from its beginning"));
        try {
            long start = from.in(times);
            From.wait(start, times).ifPresent(wait -> notes.add(file + ": " + wait));
            return start;
        } catch (IllegalArgumentException e) {
            throw new MistakesException(file + ": " + e.getMessage());
        }
    }

    /** What a person should know before it is played, a line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * When its lines are due, after the first of them that has a time.
     *
     * @param firstNanos its time; where a moment was wanted, that counts instead
     */
    Timeline timeline(long firstNanos) {
        return new Timeline(speed, startNanos.orElse(firstNanos));
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
            public int line() {
                return all.line();
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
