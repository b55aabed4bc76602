package org.matgate.gateway.reader;

import org.matgate.gateway.config.Config;
import org.matgate.protocol.chafon.ChafonParser;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.llrp.LlrpParser;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.r2000.R2000Parser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;

/** The families of readers that this box drives. */
final class ReaderFamilies {
    private ReaderFamilies() {}

    static ReaderFamily of(Config.Family family) {
        return switch (family) {
            case MERCURY -> new Mercury();
            case IPICO -> new Ipico();
            case R2000 -> new R2000();
            case LLRP -> new Llrp();
            case CHAFON -> new Chafon();
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

    private record R2000() implements ReaderFamily {
        @Override
        public FrameParser<? extends ReaderMessage> parser() {
            return new R2000Parser();
        }

        @Override
        public ReaderSession session(Config.Reader reader, RawTime time, SessionOutput output) {
            return new R2000Session(reader, output);
        }

        @Override
        public long waitNanos(boolean network) {
            return ReaderFamily.shortWaitNanos(network);
        }
    }

    private record Chafon() implements ReaderFamily {
        @Override
        public FrameParser<? extends ReaderMessage> parser() {
            return new ChafonParser();
        }

        @Override
        public ReaderSession session(Config.Reader reader, RawTime time, SessionOutput output) {
            return new ChafonSession(reader, output);
        }

        @Override
        public long waitNanos(boolean network) {
            return ReaderFamily.shortWaitNanos(network);
        }

        /**
         * The bytes of a frame follow each other within 15 ms, say the manuals; the rest is for adapters and busy hosts.
         * Any byte can be a length here, and without this a damaged one could hold back a dozen answers.
         */
        @Override
        public long silenceNanos() {
            return 420_000_000L;
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

    private record Llrp() implements ReaderFamily {
        @Override
        public FrameParser<? extends ReaderMessage> parser() {
            return new LlrpParser();
        }

        @Override
        public ReaderSession session(Config.Reader reader, RawTime time, SessionOutput output) {
            return new LlrpSession(reader, time, output);
        }
    }
}
