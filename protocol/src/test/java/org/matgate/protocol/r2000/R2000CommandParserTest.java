package org.matgate.protocol.r2000;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.reader.FrameParserContract;
import org.matgate.protocol.reader.Golden;
import org.matgate.protocol.reader.ResyncParser;

class R2000CommandParserTest extends FrameParserContract<R2000Addressed> {
    @Override
    protected ResyncParser<R2000Addressed> newParser() {
        return new R2000CommandParser();
    }

    @Override
    protected int largestFrame() {
        return 257;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(R2000CommandParserTest.class, "commands.golden");
    }

    @Override
    protected byte[] bytes(Golden golden) {
        return golden.hexBytes();
    }

    @Override
    protected R2000Addressed randomMessage(RandomGenerator random) {
        return Randoms.request(random);
    }

    @Override
    protected byte[] encode(R2000Addressed message) {
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
        assertThat(commands).isGreaterThan(35);
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsValue() {
        assertThatThrownBy(() -> new R2000Command.SetBaud(9600)).hasMessageContaining("9600");
        assertThatThrownBy(() -> new R2000Command.SetWorkAntenna(0)).hasMessageContaining("antenna 0");
        assertThatThrownBy(() -> new R2000Command.SetPower(List.of(30, 30))).hasMessageContaining("2 powers");
        assertThatThrownBy(() -> new R2000Command.Other(0x100, "")).hasMessageContaining("256");
        assertThatThrownBy(() -> new R2000Command.Other(0x10, "00".repeat(253))).hasMessageContaining("253");
        assertThatThrownBy(
                        () -> new R2000Command.FastSwitch(List.of(R2000Command.Slot.of(1, 1)), 0, Optional.empty(), 1))
                .hasMessageContaining("1 slots");
    }

    @Test
    void aRegionIsWholeUnlessToldOtherwise() {
        assertThat(R2000Region.Standard.all(R2000Region.ETSI)).isEqualTo(new R2000Region.Standard(2, 0, 6));
        assertThat(R2000Region.Standard.all(R2000Region.FCC)).isEqualTo(new R2000Region.Standard(1, 7, 59));
        assertThat(R2000Region.Standard.all(R2000Region.CHN)).isEqualTo(new R2000Region.Standard(3, 43, 53));
        assertThatThrownBy(() -> R2000Region.Standard.all(R2000Region.CUSTOM)).hasMessageContaining("4");
    }
}
