package org.matgate.simulator.engine;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.receiver.TokenBook;

/** Takes over into a running engine's book what other processes enrol and revoke in its file. Not thread-safe. */
public final class EnrolledWatch {
    private final EnrolledBoxes boxes;
    private final TokenBook book;
    /** Null before the first look: whoever was revoked while the engine started, be it the only box, is noticed then. */
    private @Nullable Map<String, String> known;

    public EnrolledWatch(EnrolledBoxes boxes, TokenBook book) {
        this.boxes = boxes;
        this.book = book;
    }

    /**
     * Looks once.
     *
     * @return whether the book may have changed, and sessions are to be looked at anew
     * @throws IOException if the file cannot be read
     */
    public boolean look() throws IOException {
        Map<String, byte[]> hashes = boxes.hashes();
        Map<String, String> now = hashes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> HexFormat.of().formatHex(entry.getValue())));
        if (now.equals(known)) {
            return false;
        }
        known = now;
        book.set(hashes);
        return true;
    }
}
