package org.matgate.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What fuzzing found of interest, once more in every build. */
@Timeout(120)
class FuzzCorpusTest {
    @TestFactory
    Stream<DynamicTest> everyKeptInput() {
        return FuzzTarget.ALL.stream().map(target -> DynamicTest.dynamicTest(target.word(), () -> all(target)));
    }

    private static void all(FuzzTarget target) throws IOException {
        List<byte[]> inputs = Corpus.kept(target);
        assertThat(inputs).as("inputs kept of %s", target.word()).isNotEmpty();
        for (byte[] input : inputs) {
            try {
                target.check().of(input);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(target.word() + " " + HexFormat.of().formatHex(input), e);
            }
        }
    }
}
