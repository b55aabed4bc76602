package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.reader.WireLog.Fate;

/** What a host makes of some bytes on their own. */
record Heard(List<ReaderMessage> messages) {
    static Heard in(byte[] bytes, FrameParser<ReaderMessage> host) {
        List<ReaderMessage> messages = new ArrayList<>();
        FrameParser.Sink<ReaderMessage> sink = new FrameParser.Sink<>() {
            @Override
            public void message(ReaderMessage message, FramePosition position) {
                messages.add(message);
            }

            @Override
            public void skipped(Skipped skipped) {}
        };
        host.parse(bytes, 0, bytes.length, sink);
        host.end(sink);
        return new Heard(List.copyOf(messages));
    }

    /** The sightings told of. */
    List<TagReport> reports() {
        return messages.stream().flatMap(message -> message.reports().stream()).toList();
    }

    /**
     * What has happened to a frame with reads that went out as {@code wire}: nothing, if its own bytes lie in there whole or say the
     * same as they did; else the checksum shows it or not.
     */
    static Fate fate(byte[] frame, List<TagReport> reports, byte[] wire, FrameParser<ReaderMessage> host) {
        if (contains(wire, frame)) {
            return Fate.WHOLE;
        }
        Heard heard = in(wire, host);
        if (Collections.indexOfSubList(heard.reports(), reports) >= 0) {
            return Fate.WHOLE;
        }
        // The line ends of an IPICO reader are messages without content, and go without a checksum.
        boolean holds = heard.messages().stream().anyMatch(m -> !(m instanceof IpicoMessage.Blank));
        return holds ? Fate.UNDETECTABLE : Fate.DAMAGED;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
