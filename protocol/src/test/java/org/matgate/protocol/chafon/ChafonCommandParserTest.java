package org.matgate.protocol.chafon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.reader.FrameParserContract;
import org.matgate.protocol.reader.Golden;
import org.matgate.protocol.reader.ResyncParser;

class ChafonCommandParserTest extends FrameParserContract<ChafonCommand> {
    @Override
    protected ResyncParser<ChafonCommand> newParser() {
        return new ChafonCommandParser();
    }

    @Override
    protected int largestFrame() {
        return 256;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(ChafonCommandParserTest.class, "commands.golden");
    }

    @Override
    protected byte[] bytes(Golden golden) {
        return golden.hexBytes();
    }

    @Override
    protected ChafonCommand randomMessage(RandomGenerator random) {
        return Randoms.command(random);
    }

    @Override
    protected byte[] encode(ChafonCommand message) {
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
    void ratesAreNumbered() {
        for (int baud : new int[] {9_600, 19_200, 38_400, 57_600, 115_200}) {
            assertThat(ChafonCommand.SetBaud.of(0, baud).orElseThrow().baud()).hasValue(baud);
        }
        assertThat(ChafonCommand.SetBaud.of(0, 57_600)).contains(new ChafonCommand.SetBaud(0, 5));
        assertThat(ChafonCommand.SetBaud.of(0, 0)).isEmpty();
        assertThat(ChafonCommand.SetBaud.of(0, 230_400)).isEmpty();
        assertThat(new ChafonCommand.SetBaud(0, 3).baud()).isEmpty();
        assertThat(new ChafonCommand.SetBaud(0, 7).baud()).isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsValue() {
        assertThatThrownBy(() -> new ChafonCommand.SetPower(0, 256)).hasMessageContaining("256");
        assertThatThrownBy(() -> new ChafonCommand.SetRegion(0, 16, 0, 0)).hasMessageContaining("16");
        assertThatThrownBy(() -> new ChafonCommand.AntennaInventory(0, 4, 0, true, 0, 17, 3))
                .hasMessageContaining("17");
        assertThatThrownBy(() -> new ChafonCommand.SetWorkMode(0, "0000")).hasMessageContaining("0000");
        assertThatThrownBy(() -> new ChafonCommand.Other(0, 0x10, "00".repeat(252)))
                .hasMessageContaining("252");
    }
}
