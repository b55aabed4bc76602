package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000;
    private final StringWriter text = new StringWriter();

    @Test
    void onATerminalOneLineIsWrittenAnew() {
        Progress progress = new Progress(new PrintWriter(text), true);
        progress.status("1 s", SECOND);
        progress.status("2 s", 2 * SECOND);
        progress.say("the engine is away");
        progress.end();
        progress.say("all is over");
        assertThat(text.toString().replace("\r\u001b[2K", "<"))
                .isEqualTo("<1 s<2 s<the engine is away\n2 s<all is over\n");
    }

    @Test
    void elsewhereThereIsALineEveryFewSeconds() {
        Progress progress = new Progress(new PrintWriter(text), false);
        for (int i = 0; i <= 60; i++) {
            progress.status(i / 5 + " s", i * SECOND / 5);
        }
        progress.say("the engine is away");
        progress.end();
        assertThat(text.toString().lines()).containsExactly("0 s", "5 s", "10 s", "the engine is away");
    }
}
