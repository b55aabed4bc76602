package org.matgate.gateway.status;

import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.Fingerprint;

/** The line of the box itself. */
public final class BoxLine {
    /**
     * The box itself.
     *
     * @param name the box's name
     * @param software name and version
     * @param pid the service's process
     * @param simulated whether its clock or pins are simulated
     */
    public record Box(String name, String software, long pid, boolean simulated) {}

    private BoxLine() {}

    /** What is told of its configuration. */
    public static Facts configured(Config config) {
        return Facts.NONE
                .with("gpio_settings", Fingerprint.of(config.gpio().toString()))
                .with("journal_settings", Fingerprint.of(config.journal().toString()));
    }

    /** @param startedUtcNanos when the service started, as far as the box knows now */
    static Line of(Box box, Config config, long startedUtcNanos, long upNanos) {
        Facts facts = configured(config)
                .with("software", box.software())
                .with("pid", box.pid())
                .with("started_utc", Words.iso(startedUtcNanos))
                .with("up_seconds", upNanos / 1e9)
                .with("simulated", box.simulated());
        return new Findings()
                .warn(box.simulated(), SIMULATED)
                .line(
                        "box",
                        box.name(),
                        box.software() + ", up " + Words.duration(upNanos) + ", since " + Words.utc(startedUtcNanos)
                                + (box.simulated() ? ", SIMULATED" : ""),
                        facts);
    }

    /** What to do about a simulated box. */
    public static final String SIMULATED =
            "this is a rehearsal; before a race take the table [simulation] out of matgate.toml and restart";
}
