package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonCommandParser;
import org.matgate.protocol.ipico.IpicoCommand;
import org.matgate.protocol.ipico.IpicoCommandParser;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpCommandParser;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryCommandParser;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000CommandParser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.Skipped;

/** No question may change anything about any reader, of its own family or another. */
class FamilyQuestionsTest {
    private static final List<Class<?>> HARMLESS = List.of(
            MercuryCommand.GetVersion.class,
            IpicoCommand.GetClock.class,
            IpicoCommand.Blank.class,
            LlrpCommand.GetReaderCapabilities.class,
            LlrpCommand.CloseConnection.class,
            R2000Command.GetVersion.class,
            ChafonCommand.GetInformation.class);

    private static Map<Config.Family, FrameParser<?>> readersEars() {
        Map<Config.Family, FrameParser<?>> ears = new EnumMap<>(Config.Family.class);
        ears.put(Config.Family.MERCURY, new MercuryCommandParser());
        ears.put(Config.Family.IPICO, new IpicoCommandParser());
        ears.put(Config.Family.LLRP, new LlrpCommandParser());
        ears.put(Config.Family.R2000, new R2000CommandParser());
        ears.put(Config.Family.CHAFON, new ChafonCommandParser());
        return ears;
    }

    private static <M> List<Object> heard(FrameParser<M> parser, byte[] bytes) {
        List<Object> heard = new ArrayList<>();
        FrameParser.Sink<M> sink = new FrameParser.Sink<>() {
            @Override
            public void message(M message, FramePosition position) {
                heard.add(message instanceof R2000Addressed addressed ? addressed.command() : message);
            }

            @Override
            public void skipped(Skipped skipped) {}
        };
        parser.parse(bytes, 0, bytes.length, sink);
        parser.end(sink);
        return heard;
    }

    @Test
    void thisTestHearsWithTheEarsOfEveryFamily() {
        assertThat(readersEars()).containsOnlyKeys(Config.Family.values());
    }

    @Test
    void whateverReaderHearsAQuestionIsAskedAndNotTold() {
        for (Config.Family asked : Config.Family.values()) {
            FamilyQuestion question = FamilyQuestions.of(asked);
            byte[] bytes = Bytes.join(question.encode(), question.farewell());
            readersEars().forEach((family, ear) -> {
                List<Object> heard = heard(ear, bytes);
                assertThat(heard)
                        .as("a reader of family %s hears the question to %s", family, asked)
                        .allSatisfy(command -> assertThat(HARMLESS).contains(command.getClass()));
                if (family == asked) {
                    assertThat(heard).isNotEmpty();
                }
            });
        }
    }

    @Test
    void allQuestionsOneAfterTheOtherChangeNothingEither() {
        List<byte[]> all = new ArrayList<>();
        for (Config.Family asked : Config.Family.values()) {
            all.add(FamilyQuestions.of(asked).encode());
        }
        for (int turn = 0; turn < all.size(); turn++) {
            byte[] bytes = Bytes.join(all.toArray(new byte[0][]));
            readersEars()
                    .forEach((family, ear) -> assertThat(heard(ear, bytes))
                            .allSatisfy(command -> assertThat(HARMLESS).contains(command.getClass())));
            all.add(all.removeFirst());
        }
    }
}
