package org.matgate.protocol.ipico;

import java.time.LocalDateTime;

/** What a host says to an IPICO reader. Reader 0 is any reader on the line. */
public sealed interface IpicoCommand {
    /** The command's line with its end. */
    default byte[] encode() {
        return IpicoControl.command(this);
    }

    /** 02: what the reader's clock says. */
    record GetClock(int reader) implements IpicoCommand {
        public GetClock {
            IpicoText.checkByte("reader", reader);
        }
    }

    /**
     * 01: sets the reader's clock; it takes effect about 500 ms later.
     *
     * @param time from 2000 to 2099, a fraction of a second is left off
     */
    record SetClock(int reader, LocalDateTime time) implements IpicoCommand {
        public SetClock {
            IpicoText.checkByte("reader", reader);
            IpicoText.checkYear(time);
            time = time.withNano(0);
        }
    }

    /** 09: what the reader reports. */
    record SetMode(int reader, Mode mode) implements IpicoCommand {
        public SetMode {
            IpicoText.checkByte("reader", reader);
        }
    }

    /** What a reader reports of a chip in its field. */
    enum Mode {
        /** Every sighting. */
        RAW(0x00),
        /** One line an event. */
        EVENT(0x03),
        /** The first and the last sighting. */
        FIRST_LAST(0x05);

        private final int code;

        Mode(int code) {
            this.code = code;
        }

        /** The mode's number on the wire. */
        public int code() {
            return code;
        }
    }

    /** 0a: what the reader has counted. */
    record GetStatistics(int reader) implements IpicoCommand {
        public GetStatistics {
            IpicoText.checkByte("reader", reader);
        }
    }

    /**
     * A command that has no record of its own here.
     *
     * @param query asks for a value (length ff on the wire) rather than setting it; a query has no data
     * @param data hexadecimal digits in lower case
     */
    record Other(int reader, boolean query, int instruction, String data) implements IpicoCommand {
        public Other {
            IpicoText.checkByte("reader", reader);
            IpicoText.checkByte("instruction", instruction);
            data = IpicoText.checkHex(data);
            if (query && !data.isEmpty()) {
                throw new IllegalArgumentException("query with data " + data);
            }
        }
    }

    /** An empty line, which asks nothing. */
    record Blank() implements IpicoCommand {}
}
