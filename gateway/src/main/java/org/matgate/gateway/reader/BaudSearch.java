package org.matgate.gateway.reader;

import java.util.List;
import java.util.OptionalInt;

/**
 * At which rate to speak to a reader on a serial port: as configured, until nothing that it says is understood; then the
 * usual rates one after the other, with the configured one in between, since a reader that is off answers at none.
 *
 * <p>Not thread-safe.
 */
final class BaudSearch {
    /** So many links at the configured rate must fail before another is tried. */
    private static final int PATIENCE = 2;

    private final OptionalInt configured;
    private final List<Integer> others;
    private OptionalInt now;
    private int failures;

    /** @param configured the rate of the serial port; empty for a link without one, for which nothing is searched */
    BaudSearch(OptionalInt configured, List<Integer> usual) {
        this.configured = configured;
        this.others = usual.stream()
                .filter(baud -> configured.isPresent() && baud != configured.getAsInt())
                .toList();
        this.now = configured;
    }

    /** The rate for the next link, baud. */
    OptionalInt baud() {
        return now;
    }

    /** Something was understood at the present rate: it stays. */
    void understood() {
        failures = 0;
    }

    /** The reader was asked in vain at the present rate. */
    void nothingUnderstood() {
        if (configured.isEmpty() || others.isEmpty()) {
            return;
        }
        failures++;
        int beyond = failures - PATIENCE;
        now = beyond < 0 || beyond % 2 == 1 ? configured : OptionalInt.of(others.get(beyond / 2 % others.size()));
    }

    /** The reader has been told to speak at this rate from now on. */
    void told(int baud) {
        now = OptionalInt.of(baud);
        failures = 0;
    }
}
