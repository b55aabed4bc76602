package org.matgate.gateway.reader;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.ReaderLink;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is heard over one link, by the ears of several families at once. Not thread-safe. */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private static final long STEP_NANOS = 20_000_000L;
    /** A close with bytes unread would destroy what was said last. */
    private static final long GOODBYE_NANOS = 200_000_000L;

    private static final int BUFFER_BYTES = 4096;

    private final ReaderLink link;
    private final BoxClock clock;
    private final Map<Config.Family, Ear> ears = new EnumMap<>(Config.Family.class);
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long bytes;

    /** How one family understands what is said. */
    private static final class Ear implements FrameParser.Sink<ReaderMessage> {
        private final FrameParser<? extends ReaderMessage> parser;
        private final FamilyQuestion question;
        private FamilyQuestion.@Nullable Sign sign;
        private long understood;

        Ear(Config.Family family) {
            parser = ReaderFamilies.of(family).parser();
            question = FamilyQuestions.of(family);
        }

        @Override
        public void message(ReaderMessage message, FramePosition position) {
            Optional<FamilyQuestion.Sign> told = question.sign(message);
            if (told.isPresent()) {
                understood += position.length();
                if (!complete()) {
                    sign = told.get();
                }
            }
        }

        @Override
        public void skipped(Skipped skipped) {}

        boolean complete() {
            return sign != null && sign.kind() == FamilyQuestion.Kind.SAYS_ALL;
        }
    }

    /** What was recognised. */
    record Recognised(Config.Family family, FamilyQuestion.Sign sign) {}

    Conversation(ReaderLink link, List<Config.Family> families, BoxClock clock) {
        this.link = link;
        this.clock = clock;
        families.forEach(family -> ears.put(family, new Ear(family)));
    }

    /**
     * Listens for so long, or until a reader has said all that is wanted.
     *
     * @param patienceNanos when to stop if not a single byte came
     */
    void listen(long patienceNanos, long nanos) throws IOException {
        Looks looks = new Looks();
        long listenedNanos = 0;
        long beganNanos = clock.monotonicNanos();
        while (listenedNanos < (bytes == 0 ? patienceNanos : nanos)) {
            int length = link.read(buffer, STEP_NANOS);
            long now = clock.monotonicNanos();
            listenedNanos += looks.look(now - beganNanos, STEP_NANOS);
            beganNanos = now;
            if (length > 0) {
                bytes += length;
                ears.values().forEach(ear -> ear.parser.parse(buffer, 0, length, ear));
                if (ears.values().stream().anyMatch(Ear::complete)) {
                    return;
                }
            }
        }
    }

    /** Asks a family's question and listens for the answer. */
    void ask(Config.Family family, long nanos) throws IOException {
        Ear ear = ears.get(family);
        if (ear == null) {
            throw new IllegalArgumentException(family + " is not listened to, but " + ears.keySet());
        }
        link.write(ear.question.encode());
        listen(nanos, nanos);
    }

    /** Takes leave of a reader, which may have hung up already. */
    void leave(Config.Family family) {
        byte[] farewell = FamilyQuestions.of(family).farewell();
        try {
            if (farewell.length > 0) {
                link.write(farewell);
                listen(GOODBYE_NANOS, GOODBYE_NANOS);
            }
        } catch (IOException e) {
            LOG.debug("{}: gone before the farewell", link, e);
        }
    }

    /** Bytes heard. */
    long bytes() {
        return bytes;
    }

    /**
     * Who is there: the family that understood most, if that is at least half of what was said. Less may be chance: some
     * families have weak checksums, and at a wrong speed a reader speaks noise.
     */
    Optional<Recognised> recognised() {
        Recognised best = null;
        long most = 0;
        for (Map.Entry<Config.Family, Ear> entry : ears.entrySet()) {
            FamilyQuestion.Sign sign = entry.getValue().sign;
            long understood = entry.getValue().understood;
            if (sign != null && understood > most && 2 * understood >= bytes) {
                most = understood;
                best = new Recognised(entry.getKey(), sign);
            }
        }
        return Optional.ofNullable(best);
    }
}
