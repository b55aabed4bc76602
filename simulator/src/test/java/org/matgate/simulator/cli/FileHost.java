package org.matgate.simulator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonParser;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpConfig.RoReportSpec;
import org.matgate.protocol.llrp.LlrpConfig.TagReportContentSelector;
import org.matgate.protocol.llrp.LlrpParser;
import org.matgate.protocol.llrp.LlrpSpec.*;
import org.matgate.protocol.mercury.MercuryCommand.AntennaPair;
import org.matgate.protocol.mercury.MercuryCommand.SetSearchList;
import org.matgate.protocol.mercury.MercuryCommand.StartStreaming;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Command.FastSwitch;
import org.matgate.protocol.r2000.R2000Command.Slot;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.r2000.R2000Parser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.link.Pty;

/** A host that has a reader of any family read, and hears what it tells, with the parsers of the product. */
final class FileHost implements FrameParser.Sink<ReaderMessage> {
    private static final int FIELDS = TagReportContentSelector.ANTENNA_ID
            | TagReportContentSelector.PEAK_RSSI
            | TagReportContentSelector.FIRST_SEEN
            | TagReportContentSelector.SEEN_COUNT;

    /** RSSI, antenna and time. */
    private static final int METADATA = 0x0016;

    private static final long LONGEST_NANOS = 30_000_000_000L;

    private final String family;
    private final Wire wire;
    private final FrameParser<ReaderMessage> parser;
    private final List<TagReport> reports = new ArrayList<>();
    private int antenna = 1;

    /** A host's end of a cable. */
    interface Wire {
        int read(byte[] buffer) throws IOException;

        void write(byte[] bytes) throws IOException;
    }

    private FileHost(String family, Wire wire) {
        this.family = family;
        this.wire = wire;
        this.parser = switch (family) {
            case "llrp" -> new LlrpParser();
            case "mercury" -> new MercuryParser();
            case "r2000" -> new R2000Parser();
            case "chafon" -> new ChafonParser();
            default -> new IpicoParser();
        };
    }

    static Wire of(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new Wire() {
            @Override
            public int read(byte[] buffer) throws IOException {
                return in.read(buffer);
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                socket.getOutputStream().write(bytes);
            }
        };
    }

    /** The far end of a pseudo-terminal that the mat has opened as its serial port. */
    static Wire of(Pty pty) {
        return new Wire() {
            @Override
            public int read(byte[] buffer) throws IOException {
                return pty.read(buffer, 5_000_000);
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                pty.write(bytes, 0, bytes.length);
            }
        };
    }

    /** Hears so many reports, or all up to the end of the connection. */
    static List<TagReport> hear(String family, Wire wire, int reports) throws IOException {
        FileHost host = new FileHost(family, wire);
        host.begin();
        byte[] buffer = new byte[4096];
        // A wait in the kernel cannot be interrupted: what never comes must not hold up the build.
        long until = System.nanoTime() + LONGEST_NANOS;
        while (host.reports.size() < reports && System.nanoTime() < until) {
            int n = wire.read(buffer);
            if (n < 0) {
                break;
            }
            host.parser.parse(buffer, 0, n, host);
        }
        return host.reports;
    }

    private void begin() throws IOException {
        switch (family) {
            case "llrp" -> {
                RoReportSpec report = new RoReportSpec(
                        RoReportSpec.N_TAGS_OR_END_OF_ROSPEC,
                        1,
                        List.of(new TagReportContentSelector(FIELDS, List.of())));
                Boundary always = new Boundary(List.of(
                        new StartTrigger(StartTrigger.IMMEDIATE, List.of()),
                        new StopTrigger(StopTrigger.NULL, 0, List.of())));
                AiSpec search = new AiSpec(
                        List.of(0),
                        List.of(
                                new AiStopTrigger(AiStopTrigger.NULL, 0, List.of()),
                                new InventoryParameterSpec(1, InventoryParameterSpec.C1G2, List.of())));
                RoSpec all = new RoSpec(1, 0, RoSpec.DISABLED, List.of(always, search, report));
                wire.write(new LlrpCommand.AddRoSpec(1, all).encode());
                wire.write(new LlrpCommand.EnableRoSpec(2, 1).encode());
            }
            case "mercury" -> {
                // As it is switched on it searches its first antenna only.
                wire.write(new SetSearchList(IntStream.rangeClosed(1, 4)
                                .mapToObj(port -> new AntennaPair(port, port))
                                .toList())
                        .encode());
                wire.write(StartStreaming.classic(1000, METADATA).encode());
            }
            case "r2000" -> round();
            case "chafon" -> inventory();
            default -> {
                // An IPICO reader speaks by itself.
            }
        }
    }

    private void round() throws IOException {
        List<Slot> slots = List.of(Slot.of(1, 1), Slot.of(2, 1), Slot.of(3, 1), Slot.of(4, 1));
        wire.write(new R2000Addressed(R2000Addressed.ANY, new FastSwitch(slots, 0, Optional.empty(), 5)).encode());
    }

    private void inventory() throws IOException {
        wire.write(new ChafonCommand.AntennaInventory(ChafonCommand.ANY, 4, 0, true, 0, antenna, 3).encode());
        antenna = antenna % 4 + 1;
    }

    @Override
    public void message(ReaderMessage message, FramePosition position) {
        reports.addAll(message.reports());
        try {
            if (message instanceof R2000Message.FastSwitchEnd) {
                round();
            } else if (message instanceof ChafonMessage.Inventory told && told.status() != 3) {
                inventory();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void skipped(Skipped skipped) {
        throw new AssertionError("skipped " + skipped);
    }
}
