package org.matgate.simulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.JournalId;
import org.matgate.simulator.engine.NativeLibrary;
import org.matgate.simulator.engine.ResendOrders;
import org.matgate.simulator.engine.ResendOrders.Order;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matsim engine resend}. */
@Command(
        name = "resend",
        description = {
            "Has a running engine forget what it holds of a journal, by number or by time, and ask its box for it again.",
            "The box must be connected. Times are those known by now; events whose time nobody knows are left out."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:asked", " 1:not asked, or the file cannot be used", " 2:wrong call"})
final class EngineResendCommand implements Callable<Integer> {
    /** An engine looks four times a second; a store may be busy for some. */
    private static final int LOOKS = 100;

    private static final long LOOK_MILLIS = 100;

    @Parameters(paramLabel = "JOURNAL", description = "The journal's id: 32 hexadecimal digits.")
    private String journal = "";

    @Option(names = "--db", paramLabel = "FILE", description = "The engine's file. Default ${DEFAULT-VALUE}.")
    private Path file = Path.of("matsim-engine.db");

    @Option(names = "--seqs", paramLabel = "FIRST-LAST", description = "Numbers, both of them included: 20-30, or 20.")
    private String seqs = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = UtcOption.class,
            description = "The first moment, with its zone: 2026-05-10T09:00:00+02:00.")
    private @Nullable Long from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = UtcOption.class,
            description = "The first moment after it.")
    private @Nullable Long until;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.exists(file)) {
            return refuse("there is no " + file + "; name the engine's file with --db", 2);
        }
        Order order;
        try {
            order = order();
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()), 2);
        }
        try {
            NativeLibrary.load();
            try (ResendOrders orders = ResendOrders.open(file)) {
                return ask(orders, order);
            }
        } catch (IOException e) {
            return refuse(FileProblem.text(e), 1);
        }
    }

    private int ask(ResendOrders orders, Order order) throws IOException, InterruptedException {
        long number = orders.ask(order);
        Optional<String> answer = Optional.empty();
        for (int look = 0; look < LOOKS && answer.isEmpty(); look++) {
            Thread.sleep(LOOK_MILLIS);
            answer = orders.answerTo(number);
        }
        orders.withdraw(number);
        if (answer.isEmpty()) {
            return refuse("no engine answered; does matsim engine run with --db " + file + "?", 1);
        }
        if (!answer.get().startsWith(ASKED)) {
            return refuse(answer.get(), 1);
        }
        spec.commandLine().getOut().println(answer.get());
        return 0;
    }

    /** What an answer begins with where it went well. */
    static final String ASKED = "asked for ";

    private Order order() {
        JournalId id = JournalId.parse(journal);
        Long first = from;
        Long end = until;
        if (first == null && end == null && !seqs.isEmpty()) {
            String[] ends = seqs.split("-", 2);
            try {
                long low = Long.parseLong(ends[0]);
                long high = Long.parseLong(ends[ends.length - 1]);
                if (low >= 1 && low <= high) {
                    return new Order(id, false, low, high);
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new IllegalArgumentException("--seqs " + seqs + "; want such as 20-30, from 1 on");
        }
        if (first == null || end == null || !seqs.isEmpty() || first >= end) {
            throw new IllegalArgumentException("say what: --seqs, or --from and a later --until");
        }
        return new Order(id, true, first, end);
    }

    private int refuse(String why, int exit) {
        spec.commandLine().getErr().println("matsim engine resend: " + why);
        return exit;
    }
}
