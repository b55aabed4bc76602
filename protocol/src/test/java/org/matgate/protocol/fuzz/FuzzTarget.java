package org.matgate.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonCommandParser;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonParser;
import org.matgate.protocol.ipico.IpicoCommand;
import org.matgate.protocol.ipico.IpicoCommandParser;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpCommandParser;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpParser;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryCommandParser;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000CommandParser;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.r2000.R2000Parser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.Golden;
import org.matgate.protocol.reader.Heard;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage;

/**
 * What bytes from outside go through first, and what must hold whatever they are. An input's first byte says how the
 * rest is cut.
 */
record FuzzTarget(String word, List<byte[]> seeds, Check check) {
    /** All of them. */
    static final List<FuzzTarget> ALL = List.of(
            parser(
                    "mercury",
                    hex(MercuryParser.class, "replies.golden"),
                    MercuryParser::new,
                    said -> said instanceof MercuryMessage m ? m.encode() : null),
            parser(
                    "mercury-commands",
                    hex(MercuryParser.class, "commands.golden"),
                    MercuryCommandParser::new,
                    MercuryCommand::encode),
            parser(
                    "chafon",
                    hex(ChafonParser.class, "replies.golden"),
                    ChafonParser::new,
                    said -> said instanceof ChafonMessage m ? m.encode() : null),
            parser(
                    "chafon-commands",
                    hex(ChafonParser.class, "commands.golden"),
                    ChafonCommandParser::new,
                    ChafonCommand::encode),
            parser(
                    "ipico",
                    text("lines.golden"),
                    IpicoParser::new,
                    said -> said instanceof IpicoMessage m ? m.encode() : null),
            parser("ipico-commands", text("commands.golden"), IpicoCommandParser::new, IpicoCommand::encode),
            parser(
                    "r2000",
                    hex(R2000Parser.class, "replies.golden"),
                    R2000Parser::new,
                    said -> said instanceof R2000Message m ? m.encode(R2000Addressed.USUAL) : null),
            parser(
                    "r2000-commands",
                    hex(R2000Parser.class, "commands.golden"),
                    R2000CommandParser::new,
                    R2000Addressed::encode),
            parser(
                    "llrp",
                    hex(LlrpParser.class, "messages.golden"),
                    LlrpParser::new,
                    said -> said instanceof LlrpMessage m ? m.encode() : null),
            parser(
                    "llrp-commands",
                    hex(LlrpParser.class, "commands.golden"),
                    LlrpCommandParser::new,
                    LlrpCommand::encode),
            new FuzzTarget("read-stream", List.of(), FuzzTarget::stream),
            new FuzzTarget("read-stream-deflated", List.of(), StreamChecks::deflated),
            new FuzzTarget("read-stream-frames", List.of(), StreamChecks::frames));

    /** What must hold of any input; an {@link AssertionError} says what does not. */
    @FunctionalInterface
    interface Check {
        void of(byte[] input);
    }

    static FuzzTarget of(String word) {
        return ALL.stream()
                .filter(target -> target.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no parser \"" + word + "\"; want one of "
                        + String.join(", ", ALL.stream().map(FuzzTarget::word).toList())));
    }

    /** @param encode the frame of a message; null for one that does not say all of its frame */
    private static <M> FuzzTarget parser(
            String word, List<byte[]> seeds, Supplier<FrameParser<M>> parsers, Function<M, byte @Nullable []> encode) {
        return new FuzzTarget(word, seeds, input -> parser(parsers, encode, input));
    }

    private static List<byte[]> hex(Class<?> beside, String golden) {
        return Golden.load(beside, golden).stream()
                .map(vector -> input(vector.hexBytes()))
                .toList();
    }

    private static List<byte[]> text(String golden) {
        return Golden.load(IpicoParser.class, golden).stream()
                .map(vector -> input(vector.textBytes()))
                .toList();
    }

    /** The stream, cut into single bytes. */
    private static byte[] input(byte[] stream) {
        byte[] input = new byte[stream.length + 1];
        System.arraycopy(stream, 0, input, 1, stream.length);
        return input;
    }

    private static <M> void parser(
            Supplier<FrameParser<M>> parsers, Function<M, byte @Nullable []> encode, byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        Heard<M> whole = hear(parsers.get(), stream, stream.length + 1);
        assertThat(whole.accounted()).isEqualTo(stream.length);
        assertThat(hear(parsers.get(), stream, 1 + (input[0] & 0x1F)).items()).isEqualTo(whole.items());
        for (M message : whole.messages()) {
            byte[] frame = encode.apply(message);
            if (frame != null) {
                Heard<M> again = hear(parsers.get(), frame, frame.length + 1);
                assertThat(again.messages()).startsWith(message);
                assertThat(encode.apply(again.messages().getFirst())).isEqualTo(frame);
            }
        }
    }

    private static <M> Heard<M> hear(FrameParser<M> parser, byte[] stream, int piece) {
        Heard<M> heard = new Heard<>();
        for (int from = 0; from < stream.length; from += piece) {
            parser.parse(stream, from, Math.min(piece, stream.length - from), heard);
        }
        parser.end(heard);
        return heard;
    }

    private static void stream(byte[] input) {
        StreamMessage message;
        try {
            message = StreamCodec.decode(input);
        } catch (StreamFormatException e) {
            return;
        }
        if (message instanceof StreamMessage.Unrecognised) {
            return; // of a newer version: understood as such, and never said by this one
        }
        try {
            assertThat(StreamCodec.decode(StreamCodec.encode(message))).isEqualTo(message);
        } catch (StreamFormatException e) {
            throw new AssertionError("what was understood is not when it is said again: " + message, e);
        }
    }
}
