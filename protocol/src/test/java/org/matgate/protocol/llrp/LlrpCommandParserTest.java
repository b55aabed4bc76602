package org.matgate.protocol.llrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.reader.FrameParserContract;
import org.matgate.protocol.reader.Golden;
import org.matgate.protocol.reader.ResyncParser;

class LlrpCommandParserTest extends FrameParserContract<LlrpCommand> {
    /** Less than in the field, so that enough of it can be tried. */
    private static final int LARGEST = 1024;

    @Override
    protected ResyncParser<LlrpCommand> newParser() {
        return new LlrpCommandParser(LARGEST);
    }

    @Override
    protected int largestFrame() {
        return LARGEST;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(LlrpCommandParserTest.class, "commands.golden");
    }

    @Override
    protected byte[] bytes(Golden golden) {
        return golden.hexBytes();
    }

    @Override
    protected LlrpCommand randomMessage(RandomGenerator random) {
        return Randoms.command(random);
    }

    @Override
    protected byte[] encode(LlrpCommand command) {
        return command.encode();
    }

    @Test
    void goldenCommandsAreEncodedByteForByte() {
        int commands = 0;
        for (Golden vector : golden()) {
            if (!vector.expected().contains("skipped")) {
                assertThat(hear(vector.hexBytes()).messages().getFirst().encode())
                        .as(vector.name())
                        .isEqualTo(vector.hexBytes());
                commands++;
            }
        }
        assertThat(commands).isGreaterThan(10);
    }

    @Test
    void whatAReaderSaysIsNoise() {
        assertThat(hear(new LlrpMessage.Keepalive(1).encode()).messages()).isEmpty();
    }
}
