package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Lines of an IPICO reader, byte for byte: also what is no good line is what a reader said. */
final class IpicoCapture implements Capture {
    private final Lines lines;
    private final boolean goodOnly;
    private final Mistakes mistakes;

    /** @param goodOnly leaves out lines in which there is no read */
    IpicoCapture(Path file, boolean goodOnly, Mistakes mistakes) throws IOException {
        this.lines = new Lines(file);
        this.goodOnly = goodOnly;
        this.mistakes = mistakes;
    }

    @Override
    public Optional<CapturedBytes> next() throws IOException {
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            CapturedBytes captured = CapturedBytes.line(line.get());
            if (captured.report().isEmpty()) {
                mistakes.add(Place.line(lines.number()), "no good tag line");
            }
            if (captured.report().isPresent() || !goodOnly) {
                return Optional.of(captured);
            }
        }
        return Optional.empty();
    }

    @Override
    public TimeForm form() {
        return TimeForm.WITHOUT_ZONE;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
