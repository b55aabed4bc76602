package org.matgate.protocol.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Seeds;

/** What {@link FrameParser} promises, for any family: a family's test extends this and gives it something to say. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FrameParserContract<M> {
    private static final int ROUNDS = 300;

    private final long seed = Seeds.seed(getClass());
    private Random random = new Random(seed);

    @BeforeEach
    void beginWithTheSeed() {
        random = new Random(seed);
    }

    protected abstract ResyncParser<M> newParser();

    /** Bytes in the protocol's largest frame. */
    protected abstract int largestFrame();

    /** A message as its parser would tell it; any that its protocol knows. */
    protected abstract M randomMessage(RandomGenerator random);

    /** One frame that says this. */
    protected abstract byte[] encode(M message);

    protected abstract List<Golden> golden();

    protected abstract byte[] bytes(Golden golden);

    /** A byte of noise; a family that looks like text may prefer its own alphabet. */
    protected byte noise(RandomGenerator random) {
        return (byte) random.nextInt();
    }

    @TestFactory
    Stream<DynamicTest> goldenVectorsAtEverySplit() {
        return golden().stream()
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> {
                    byte[] bytes = bytes(vector);
                    assertThat(hear(bytes).text()).isEqualTo(vector.expected());
                    for (int split = 1; split < bytes.length; split++) {
                        assertThat(hear(bytes, split).items())
                                .as("split at %d", split)
                                .isEqualTo(hear(bytes).items());
                    }
                    assertThat(hear(bytes, everyByte(bytes.length)).items())
                            .as("byte by byte")
                            .isEqualTo(hear(bytes).items());
                }));
    }

    @Test
    void whatIsEncodedIsParsedAgain() {
        for (int round = 0; round < 10 * ROUNDS; round++) {
            M message = randomMessage(random);
            byte[] frame = encode(message);
            assertThat(frame).as("frame of %s", message).hasSizeLessThanOrEqualTo(largestFrame());
            assertThat(hear(frame).messages()).as("seed %d", seed).startsWith(message);
            assertThat(encode(hear(frame).messages().getFirst())).isEqualTo(frame);
        }
    }

    @Test
    void everyByteIsAccountedForAndTheCutsDoNotMatter() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] stream = noisyStream();
            List<Heard.Item<M>> whole = hear(stream).items();
            assertThat(hear(stream, randomCuts(stream.length)).items())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(whole);
            assertThat(hear(stream, everyByte(stream.length)).items())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(whole);
        }
    }

    @Test
    void afterNoiseGoodFramesAreFoundAgain() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] noise = noisyStream();
            List<M> good = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.writeBytes(noise);
            while (stream.size() <= noise.length + 2 * largestFrame()) {
                M message = randomMessage(random);
                good.add(message);
                stream.writeBytes(encode(message));
            }
            Heard<M> heard = new Heard<>();
            feed(newParser(), stream.toByteArray(), heard, randomCuts(stream.size()));
            if (!straddles(heard, noise.length)) {
                assertThat(afterNoise(heard, noise.length))
                        .as("seed %d round %d", seed, round)
                        .containsSubsequence(good);
            }
        }
    }

    /** A checksum can hold by chance: then noise takes a part of a good frame with it. */
    private boolean straddles(Heard<M> heard, int border) {
        return heard.items().stream()
                .anyMatch(item -> item instanceof Heard.Found<M> found
                        && found.end() > border
                        && found.end() - found.position().length() < border);
    }

    private List<M> afterNoise(Heard<M> heard, int border) {
        List<M> messages = new ArrayList<>();
        for (Heard.Item<M> item : heard.items()) {
            if (item instanceof Heard.Found<M> found && found.end() > border) {
                messages.add(found.message());
            }
        }
        return messages;
    }

    @Test
    void afterItsEndAParserIsAsNew() {
        ResyncParser<M> parser = newParser();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] stream = noisyStream();
            Heard<M> again = new Heard<>();
            feed(parser, stream, again, randomCuts(stream.length));
            parser.end(again);
            assertThat(again.items())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(hear(stream).items());
        }
    }

    /** Good, cut, damaged and joined frames, and bytes that never were a frame. */
    private byte[] noisyStream() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int pieces = random.nextInt(1, 12);
        for (int i = 0; i < pieces; i++) {
            byte[] frame = encode(randomMessage(random));
            switch (random.nextInt(5)) {
                case 0 -> stream.writeBytes(frame);
                case 1 -> stream.writeBytes(Arrays.copyOf(frame, random.nextInt(frame.length)));
                case 2 -> stream.writeBytes(Arrays.copyOfRange(frame, random.nextInt(frame.length), frame.length));
                case 3 -> stream.writeBytes(damaged(frame));
                default -> stream.writeBytes(noiseBytes());
            }
        }
        return stream.toByteArray();
    }

    private byte[] damaged(byte[] frame) {
        byte[] damaged = frame.clone();
        for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    private byte[] noiseBytes() {
        byte[] noise = new byte[random.nextInt(2 * largestFrame())];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noise(random);
        }
        return noise;
    }

    private int[] randomCuts(int length) {
        return random.ints(random.nextInt(10), 0, length + 1).sorted().toArray();
    }

    private static int[] everyByte(int length) {
        int[] cuts = new int[length];
        Arrays.setAll(cuts, i -> i);
        return cuts;
    }

    /** What a new parser tells of the bytes, cut at these places, and of the stream's end. */
    protected final Heard<M> hear(byte[] bytes, int... cuts) {
        Heard<M> heard = new Heard<>();
        ResyncParser<M> parser = newParser();
        feed(parser, bytes, heard, cuts);
        parser.end(heard);
        assertThat(heard.accounted()).isEqualTo(bytes.length);
        return heard;
    }

    private void feed(ResyncParser<M> parser, byte[] bytes, Heard<M> heard, int... cuts) {
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : bytes.length;
            parser.parse(bytes, from, to - from, heard);
            from = to;
            assertThat(parser.heldBytes()).isLessThan(largestFrame());
            assertThat(heard.accounted() + parser.heldBytes()).isEqualTo(from);
        }
    }
}
