package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
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
        // It is as new again.
        host.end(sink);
        return new Heard(List.copyOf(messages));
    }

    /** The sightings told of. */
    List<TagReport> reports() {
        return messages.stream().flatMap(message -> message.reports().stream()).toList();
    }

    /**
     * What has happened to each of the reads of a frame that went out as {@code wire}: nothing, if the frame's own bytes
     * lie in there whole or still tell of this read; else the checksum shows it or not.
     */
    static List<Fate> fates(
            byte[] frame, List<TagReport> reports, byte[] wire, Supplier<FrameParser<ReaderMessage>> hosts) {
        if (contains(wire, frame)) {
            return Collections.nCopies(reports.size(), Fate.WHOLE);
        }
        Heard heard = in(wire, hosts.get());
        // The line ends of an IPICO reader are messages without content, and go without a checksum.
        boolean holds = heard.messages().stream().anyMatch(m -> !(m instanceof IpicoMessage.Blank));
        List<TagReport> left = new ArrayList<>(heard.reports());
        return reports.stream()
                .map(report -> left.remove(report) ? Fate.WHOLE : holds ? Fate.UNDETECTABLE : Fate.DAMAGED)
                .toList();
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
