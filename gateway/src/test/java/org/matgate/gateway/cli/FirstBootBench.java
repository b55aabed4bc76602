package org.matgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.protocol.channel.EnrollCode;
import org.matgate.protocol.channel.Pin;
import org.matgate.protocol.channel.Token;
import picocli.CommandLine;

/** A boot partition, a data directory and a place for the configuration; and the command run on them. */
abstract class FirstBootBench {
    static final String BASE = """
            [box]
            name = "Größe"
            timing_point = "Zürich"

            [[reader]]
            name = "m"
            family = "ipico"
            address = "127.0.0.1:10000"
            """;

    static final EnrollCode CODE =
            new EnrollCode("results.example.org", 7300, Pin.ofBytes(new byte[Pin.LENGTH]), Token.random());

    static final EnrollCode OTHER = new EnrollCode("10.0.0.1", 7301, Pin.ofBytes(new byte[Pin.LENGTH]), Token.random());

    @TempDir
    Path directory;

    Path boot;
    Path data;
    Path config;

    record Said(int exit, String out, String err) {}

    @BeforeEach
    void make() throws IOException {
        // It would silence the log of all tests behind it.
        System.setProperty("matgate.log", "on");
        boot = Files.createDirectory(directory.resolve("boot"));
        data = Files.createDirectory(directory.resolve("data"));
        config = directory.resolve("etc").resolve("matgate.toml");
    }

    @AfterEach
    void logAsUsual() {
        System.clearProperty("matgate.log");
    }

    Said run() {
        return run("--from", boot.toString(), "--config", config.toString(), "--data", data.toString());
    }

    static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new FirstBootCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    Path drop(String name, String text) throws IOException {
        return Files.writeString(boot.resolve(name), text);
    }

    String answer() throws IOException {
        return Files.readString(boot.resolve("matgate-answer.txt"));
    }

    void taken(Said said) {
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
    }

    Config loaded() throws Exception {
        return ConfigLoader.load(config);
    }
}
