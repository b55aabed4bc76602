package org.matgate.gateway.status;

import java.util.List;
import java.util.OptionalLong;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.Fingerprint;
import org.matgate.gateway.uplink.EngineCheck;
import org.matgate.gateway.uplink.UplinkStatus;

/** The line of a results engine. */
public final class EngineLine {
    /** An engine commits within a second or two; one that is silent for longer is stuck. */
    static final long SLOW_ACK_NANOS = 30_000_000_000L;

    private static final String EXPOSED =
            "nothing is encrypted on the way to it and anybody there can play it: enroll this box (matgate enroll CODE)";

    /** A new journal begins by itself, as soon as the disk takes it. */
    private static final String CURRENT_AHEAD =
            "the engine holds more of the current journal than this box, so that a new one begins: wait a moment and ask"
                    + " again; if this stays, do what the line of the journal says";

    /** What was read into it is in the file, and numbers that the engine knows other events by are no use to anybody. */
    private static final String WITHHELD =
            "the engine has other events under numbers of an old journal of this box, whose disk went back or is a copy:"
                    + " what was read into that one may not reach the engine, so export it after the race; new reads go"
                    + " into a new journal";

    /** After a power cut on a card that lied, of a copied card, or where the end of a damaged file is not saved. */
    private static final String OLD_AHEAD =
            "the engine holds more of an old journal than this box, whose disk has lost the end of it or is a copy; new"
                    + " reads go into a new journal, nothing is to be done now; if it is no copy, change the card after"
                    + " the race, and keep this one";

    private EngineLine() {}

    /** What is said where no engine is configured. */
    public static Line none() {
        return new Findings()
                .warn(true, "reads stay on this box; add a table [[engine]] to matgate.toml if somebody waits for them")
                .line("engine", "", "none is configured", Facts.NONE);
    }

    /** What is told of its configuration. */
    public static Facts configured(Config.Engine engine) {
        return Facts.NONE
                .with("address", address(engine))
                .with("transport", engine.transport())
                .with("enrolment", Fingerprint.of(engine.pin() + " " + engine.token()));
    }

    static Line of(Config.Engine engine, UplinkStatus status) {
        long lacking = status.lacking();
        boolean current = status.journals().stream().limit(1).anyMatch(UplinkStatus.Delivery::engineAhead);
        List<UplinkStatus.Delivery> ahead = status.journals().stream()
                .skip(1)
                .filter(UplinkStatus.Delivery::engineAhead)
                .toList();
        long undeliverable = status.journals().stream()
                .mapToLong(UplinkStatus.Delivery::undeliverable)
                .sum();
        OptionalLong sinceAck = status.sinceAckNanos();
        boolean stuck = status.connected()
                && status.inFlight() > 0
                && sinceAck.orElse(Long.MAX_VALUE) > SLOW_ACK_NANOS
                && sinceAck.isPresent();
        boolean starting = !status.connected()
                && status.failures() == 0
                && status.lastError().isEmpty();
        Facts facts = configured(engine)
                .with("connected", status.connected())
                .with("engine_says", status.engineSays())
                .with("lacking", lacking)
                .with("in_flight", status.inFlight())
                .with("undeliverable", undeliverable)
                .withSeconds("since_ack_seconds", sinceAck)
                .with("failures", status.failures())
                .with("last_error", status.lastError())
                .with("notice", status.notice());
        return new Findings()
                .fail(!status.connected() && !starting, toConnect(status.lastError()))
                .warn(starting, "wait a moment and ask again")
                .fail(current, CURRENT_AHEAD)
                .warn(ahead.stream().anyMatch(UplinkStatus.Delivery::withheld), WITHHELD)
                .warn(ahead.stream().anyMatch(journal -> !journal.withheld()), OLD_AHEAD)
                .warn(stuck, "the engine takes events and confirms none: look at its log and its disk")
                .warn(!status.notice().isEmpty(), status.notice())
                .warn(undeliverable > 0, "some events cannot be delivered: the box's log tells which and why")
                .warn(engine.exposed(), EXPOSED)
                .line("engine", engine.name(), text(engine, status, lacking, sinceAck) + insecure(engine), facts);
    }

    /** What a greeting came to, before the service runs. */
    public static Line of(Config.Engine engine, EngineCheck.Result result) {
        Facts facts = configured(engine);
        return switch (result) {
            case EngineCheck.LetIn in ->
                new Findings()
                        .warn(engine.exposed(), EXPOSED)
                        .line(
                                "engine",
                                engine.name(),
                                "lets this box in (" + address(engine) + ", calls itself " + in.engineSays() + ")"
                                        + insecure(engine),
                                facts.with("connected", true).with("engine_says", in.engineSays()));
            case EngineCheck.NotLetIn not ->
                new Findings()
                        .fail(true, toConnect(not.why()))
                        .warn(engine.exposed(), EXPOSED)
                        .line(
                                "engine",
                                engine.name(),
                                "NOT CONNECTED: " + not.why() + " (" + address(engine) + ")" + insecure(engine),
                                facts.with("connected", false).with("last_error", not.why()));
        };
    }

    private static String text(Config.Engine engine, UplinkStatus status, long lacking, OptionalLong sinceAck) {
        String ack = sinceAck.isPresent()
                ? ", last confirmed " + Words.duration(sinceAck.getAsLong()) + " ago"
                : ", nothing confirmed yet";
        String missing = lacking == 0 ? "has everything" : "lacks " + Words.count(lacking) + " events";
        if (status.connected()) {
            return "connected, " + missing
                    + (status.inFlight() == 0 ? "" : ", " + Words.count(status.inFlight()) + " on the way") + ack;
        }
        String why = status.lastError().isEmpty() ? "connecting" : "NOT CONNECTED: " + status.lastError();
        return why + " (" + address(engine) + "), " + missing + ack;
    }

    /** What to do about an engine that does not take the connection, by what it or the network said. */
    static String toConnect(String why) {
        if (why.startsWith("refused: TOKEN")) {
            return "have the engine print a code for this box, then: matgate enroll CODE --replace";
        }
        if (why.startsWith("the engine's key is ")) {
            return "ask whoever runs the engine whether its key is new; if it is: matgate enroll CODE --replace";
        }
        if (why.contains("does not speak TLS")) {
            return "correct address, or have the engine speak TLS: its key may be missing";
        }
        if (why.startsWith("refused: ")) {
            return "the engine turns this box away and says why; reads are safe on this box meanwhile";
        }
        if (why.contains("Connection refused")) {
            return "start the engine's receiver, or correct address; reads are safe on this box meanwhile";
        }
        return "check the box's network (ping the engine), then the engine; reads are safe on this box meanwhile";
    }

    private static String insecure(Config.Engine engine) {
        return engine.exposed() ? ", INSECURE" : "";
    }

    private static String address(Config.Engine engine) {
        return engine.host() + ":" + engine.port();
    }
}
