package org.matgate.protocol.mercury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.reader.FrameParserContract;
import org.matgate.protocol.reader.Golden;
import org.matgate.protocol.reader.ResyncParser;

class MercuryCommandParserTest extends FrameParserContract<MercuryCommand> {
    @Override
    protected ResyncParser<MercuryCommand> newParser() {
        return new MercuryCommandParser();
    }

    @Override
    protected int largestFrame() {
        return 253;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(MercuryCommandParserTest.class, "commands.golden");
    }

    @Override
    protected byte[] bytes(Golden golden) {
        return golden.hexBytes();
    }

    @Override
    protected MercuryCommand randomMessage(RandomGenerator random) {
        return Randoms.command(random);
    }

    @Override
    protected byte[] encode(MercuryCommand message) {
        return message.encode();
    }

    @Test
    void goldenCommandsAreEncodedByteForByte() {
        int commands = 0;
        for (Golden vector : golden()) {
            if (!vector.expected().contains("skipped") && !vector.expected().contains(";")) {
                assertThat(hear(vector.hexBytes()).messages().getFirst().encode())
                        .as(vector.name())
                        .isEqualTo(vector.hexBytes());
                commands++;
            }
        }
        assertThat(commands).isGreaterThan(20);
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsValue() {
        assertThatThrownBy(() -> new MercuryCommand.SetReadPower(65_536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> new MercuryCommand.Other(0x100, "")).hasMessageContaining("256");
        assertThatThrownBy(() -> new MercuryCommand.Other(0x10, "00".repeat(249)))
                .hasMessageContaining("249");
        assertThatThrownBy(() -> new MercuryCommand.Other(0x10, "0G")).isInstanceOf(IllegalArgumentException.class);
    }
}
