package org.matgate.gateway.gpio;

import org.matgate.gateway.status.Facts;

/** What is said of every pin. */
final class PinName {
    /** The part under which pins are reported. */
    static final String PART = "pin";

    private PinName() {}

    /** The facts that every pin's begin with. */
    static Facts facts(String chip, String line) {
        return Facts.NONE.with("chip", chip).with("line", line);
    }

    static String level(boolean high) {
        return high ? "high" : "low";
    }
}
