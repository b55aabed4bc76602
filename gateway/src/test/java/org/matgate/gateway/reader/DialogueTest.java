package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialogueTest {
    private record Question(String text, int tries) implements Dialogue.Request {
        @Override
        public byte[] encode() {
            return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }

        @Override
        public Dialogue.Need need() {
            return Dialogue.Need.REQUIRED;
        }

        @Override
        public long waitNanos() {
            return 100;
        }
    }

    private final List<String> sent = new ArrayList<>();
    private final Dialogue<Question> dialogue = new Dialogue<>(question -> sent.add(question.text()));

    @Test
    void oneIsOutAtATime() {
        dialogue.begin(List.of(new Question("a", 1), new Question("b", 1)), 0);
        dialogue.later(new Question("c", 1), 1);
        assertThat(sent).containsExactly("a");
        dialogue.first(new Question("z", 1));
        dialogue.next(5);
        dialogue.next(6);
        dialogue.next(7);
        assertThat(sent).containsExactly("a", "z", "b", "c");
        dialogue.next(8);
        assertThat(dialogue.asked()).isEmpty();
        dialogue.later(new Question("d", 1), 9);
        assertThat(sent).endsWith("d");
        assertThat(dialogue.askedNanos()).isEqualTo(9);
    }

    @Test
    void isAskedAgainUntilItsTriesAreOver() {
        dialogue.begin(List.of(new Question("a", 3), new Question("b", 1)), 0);
        assertThat(dialogue.tick(99)).isEmpty();
        assertThat(dialogue.tick(100)).isEmpty();
        assertThat(dialogue.tick(199)).isEmpty();
        assertThat(dialogue.tick(200)).isEmpty();
        assertThat(sent).containsExactly("a", "a", "a");
        assertThat(dialogue.tick(300)).contains(new Question("a", 3));
        assertThat(dialogue.tick(300)).as("until it is settled").contains(new Question("a", 3));
        dialogue.next(301);
        assertThat(sent).endsWith("b");
        dialogue.clear();
        assertThat(dialogue.tick(1_000)).isEmpty();
    }
}
