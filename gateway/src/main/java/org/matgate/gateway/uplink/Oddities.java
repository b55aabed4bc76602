package org.matgate.gateway.uplink;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What an engine says that cannot be if there is one box with this journal and one engine that keeps what it confirms:
 * told in the log at once, and in the status as long as it is so. On the event loop.
 */
final class Oddities {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private final String engine;
    private final UplinkListener listener;
    private String ofSession = "";
    private String superseded = "";

    Oddities(String engine, UplinkListener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    /** A session begins: what the engine said in the last one it says again, or it is no longer so. */
    void greeted() {
        ofSession = "";
    }

    /** For a person; empty if nothing is odd. */
    String notice() {
        return ofSession.isEmpty() ? superseded : ofSession;
    }

    /** The engine has what this box has not given yet. The status says so by the delivery. */
    void ahead(UplinkAction.EngineAhead ahead) {
        String what =
                ahead.withheld() ? "nothing of it is sent" : "it is an old one, what the engine lacks of it is sent";
        LOG.atLevel(ahead.withheld() ? Level.ERROR : Level.WARN)
                .log(
                        "engine {} holds journal {} up to seq {}, we only to {}: {}",
                        engine,
                        ahead.journal(),
                        ahead.engineLastSeq(),
                        ahead.ourLastSeq(),
                        what);
        listener.engineAhead(engine, ahead.journal(), ahead.ourLastSeq(), ahead.engineLastSeq());
    }

    /** The engine was reinstalled, or its store was set back. */
    void forgotten(UplinkAction.Forgotten what) {
        ofSession = "it no longer has " + what.seqs().size() + " events of journal " + what.journal()
                + " that it had confirmed (seq " + what.seqs().largest(4)
                + "): reinstalled, set back, or it wants them again; they are sent";
        LOG.warn("engine {}: {}", engine, ofSession);
    }

    /** Somebody else sends under this box's numbers. */
    void foreign(UplinkAction.Foreign what) {
        ofSession = "it has seq " + what.seqs().largest(4) + " of journal " + what.journal()
                + " from somebody else: another box runs a copy of this one's disk. "
                + what.seqs().size()
                + " events of this box cannot be delivered under these numbers; take the other box off, and export them";
        LOG.error("engine {}: {}", engine, ofSession);
        if (what.current()) {
            listener.engineAhead(
                    engine, what.journal(), what.ourLastSeq(), what.seqs().last());
        }
    }

    /** Another connection with this box's journals was preferred. A second time is no leftover of our own. */
    void superseded(UplinkAction.Superseded what) {
        if (what.times() > 1) {
            superseded = "another connection with this box's journals took over " + what.times()
                    + " times: a copy of this box's disk runs elsewhere, or this engine is configured twice; it says: "
                    + what.text();
            LOG.warn("engine {}: {}", engine, superseded);
        }
    }

    void undeliverable(UplinkAction.Undeliverable what) {
        LOG.error(
                "engine {}: seqs {} of journal {} cannot be delivered: {}",
                engine,
                what.seqs(),
                what.journal(),
                what.why());
    }
}
