package org.matgate.gateway.reader;

import org.matgate.gateway.config.Config;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;

/** The families of readers that this box drives. */
final class ReaderFamilies {
    private ReaderFamilies() {}

    static ReaderFamily of(Config.Family family) {
        return switch (family) {
            case MERCURY -> new Mercury();
            case IPICO -> new Ipico();
            case LLRP, R2000, CHAFON -> throw new IllegalArgumentException(family + " has no driver");
        };
    }

    private record Mercury() implements ReaderFamily {
        @Override
        public FrameParser<? extends ReaderMessage> parser() {
            return new MercuryParser();
        }

        @Override
        public ReaderSession session(Config.Reader reader, RawTime time, SessionOutput output) {
            return new MercurySession(reader, time, output);
        }
    }

    private record Ipico() implements ReaderFamily {
        @Override
        public FrameParser<? extends ReaderMessage> parser() {
            return new IpicoParser();
        }

        @Override
        public ReaderSession session(Config.Reader reader, RawTime time, SessionOutput output) {
            return new IpicoSession(reader.source().reader(), time, output);
        }
    }
}
