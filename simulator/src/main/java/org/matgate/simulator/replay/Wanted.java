package org.matgate.simulator.replay;

import java.util.Optional;

/**
 * What of a file is to be played.
 *
 * @param reader only what it told
 * @param timingPoint only what was read there
 * @param skipBad leaves out what cannot be played, instead of refusing the file
 */
public record Wanted(From from, Optional<String> reader, Optional<String> timingPoint, boolean skipBad) {
    /** All of a file without a mistake. */
    public static final Wanted ALL = new Wanted(From.START, Optional.empty(), Optional.empty(), false);
}
