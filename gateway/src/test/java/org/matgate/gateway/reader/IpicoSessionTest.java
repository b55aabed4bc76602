package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.protocol.Chip;
import org.matgate.protocol.ipico.IpicoCommand;
import org.matgate.protocol.ipico.IpicoCommand.GetClock;
import org.matgate.protocol.ipico.IpicoCommand.Mode;
import org.matgate.protocol.ipico.IpicoCommand.SetMode;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.ReaderPhase;

@Timeout(30)
class IpicoSessionTest {
    private static final long MILLI = 1_000_000L;

    private final ManualClock clock = new ManualClock();
    private final RecordedOutput output = new RecordedOutput();
    private final IpicoSession session = new IpicoSession("start-1", clock, output);
    private final long start = clock.monotonicNanos();

    private void line(String text, long nanos) {
        byte[] bytes = Bytes.line(text);
        new IpicoParser().parse(bytes, 0, bytes.length, new FrameParser.Sink<ReaderMessage>() {
            @Override
            public void message(ReaderMessage message, FramePosition position) {
                session.message(message, new Arrival(nanos, nanos + 11 * MILLI));
            }

            @Override
            public void skipped(Skipped skipped) {
                throw new AssertionError(skipped);
            }
        });
    }

    private RecordedOutput.Read readAt(long readerMillis, long delayNanos) {
        long micros = 1_770_000_000_000_000L + 1_000 * readerMillis;
        TagReport report = new TagReport(
                new Chip("058000128608"), 0, OptionalInt.empty(), new ReaderTime(ReaderTime.Base.CIVIL, micros), 1);
        long arrival = start + readerMillis * MILLI + delayNanos;
        session.message(report, new Arrival(arrival, arrival));
        return output.reads.getLast();
    }

    /** What was asked since the last time, as text. */
    private List<String> asked() {
        List<String> lines = output.sent.stream()
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .toList();
        output.sent.clear();
        return lines;
    }

    private void pass(int seconds) {
        for (int i = 0; i < 10 * seconds; i++) {
            clock.advance(100 * MILLI);
            session.tick(clock.monotonicNanos());
        }
    }

    @Test
    void oneThatOnlyTalksReadsAsSoonAsItDoes() {
        session.opened(start);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.CONFIGURING);
        readAt(0, 0);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(asked()).as("every sighting").containsExactly(command(new SetMode(0, Mode.RAW)));
        pass(100);
        assertThat(asked())
                .as("the clock, again and again")
                .hasSizeGreaterThan(10)
                .startsWith(command(CLOCK), command(new SetMode(0, Mode.RAW)))
                .endsWith(command(CLOCK), command(CLOCK));
        assertThat(output.reconnects).as("its line may go one way only").isEmpty();
        assertThat(output.phases).hasSize(2);
    }

    private static final IpicoCommand CLOCK = new GetClock(0);

    private static String command(IpicoCommand command) {
        return new String(command.encode(), StandardCharsets.US_ASCII).strip();
    }

    @Test
    void oneThatHasAnsweredAndNoLongerDoesIsGone() {
        session.opened(start);
        say(new IpicoMessage.Control(0, 0x09, ""));
        for (int i = 0; i < 20; i++) {
            say(new IpicoMessage.Control(0, 0x02, "26112200051500"));
            pass(6);
        }
        assertThat(output.reconnects).isEmpty();
        pass(20);
        assertThat(output.reconnects).containsExactly("no sign of life for 15 s");
    }

    @Test
    void oneThatKeepsItsFilterIsDegraded() {
        session.opened(start);
        say(new IpicoMessage.Control(0, 0xF1, ""));
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("filter");
    }

    @Test
    void garbageAloneIsAnotherRate() {
        output.lineBaud = OptionalInt.of(9_600);
        session.opened(start);
        for (int i = 0; i < 5; i++) {
            session.damaged(start);
        }
        assertThat(output.reconnects).containsExactly("nothing but garbage at 9600 baud");
        output.reconnects.clear();
        session.opened(start);
        line("aa0005800012860800012603062027472353", start);
        for (int i = 0; i < 50; i++) {
            session.damaged(start);
        }
        assertThat(output.reconnects).as("there are good lines in it").isEmpty();
    }

    private void say(ReaderMessage message) {
        session.message(message, new Arrival(clock.monotonicNanos(), clock.monotonicNanos()));
    }

    @Test
    void everyLineIsARead() {
        session.opened(start);
        line("aa0005800012860800012603062027472353", start);
        line("aa400000000123450a2a01123018455927a7", start + 50 * MILLI);
        List<RecordedOutput.Read> reads = output.reads;
        assertThat(reads)
                .extracting(read -> read.report().chip().hex())
                .containsExactly("058000128608", "000000012345");
        assertThat(reads.getFirst().momentNanos()).isEqualTo(start);
        assertThat(reads.getFirst().arrivalNanos()).isEqualTo(start + 11 * MILLI);
        assertThat(reads.getFirst().report().time().base()).isEqualTo(ReaderTime.Base.CIVIL);
    }

    @Test
    void aLateLineIsReadWhenTheReaderSaysSo() {
        session.opened(start);
        for (int i = 0; i < 200; i++) {
            readAt(100L * i, (5 + i * 7 % 50) * MILLI);
        }
        RecordedOutput.Read late = readAt(20_010, 900 * MILLI);
        assertThat(late.momentNanos() - (start + 20_010 * MILLI)).isBetween(0L, 10 * MILLI);
        assertThat(late.uncertaintyNanos()).as("half of a hundredth and more").isGreaterThan(5 * MILLI);
    }

    @Test
    void theReadersClockIsKnownBeyondALink() {
        session.opened(start);
        for (int i = 0; i < 200; i++) {
            readAt(100L * i, 5 * MILLI);
        }
        session.closed(start + 20_000 * MILLI);
        session.opened(start + 25_000 * MILLI);
        assertThat(readAt(25_100, 700 * MILLI).momentNanos() - (start + 25_100 * MILLI))
                .isBetween(0L, 10 * MILLI);
    }

    @Test
    void controlLinesAreNoReads() {
        session.opened(start);
        line("ab00000121", start);
        session.message(new IpicoMessage.Control(0, 0xF1, ""), new Arrival(start, start));
        assertThat(output.reads).isEmpty();
        assertThat(output.reconnects).isEmpty();
    }

    @Test
    void endsAtOnce() {
        session.opened(start);
        session.stop(start);
        assertThat(output.endings).isEqualTo(1);
    }

    /** A reader that answers within 4 ms. */
    private void answers(IpicoFake reader, long nanos) {
        long until = clock.monotonicNanos() + nanos;
        int heard = 0;
        while (clock.monotonicNanos() < until) {
            clock.advance(2 * MILLI);
            if (output.sent.size() > heard) {
                heard = output.sent.size();
                clock.advance(2 * MILLI);
                say(reader.answer(output.sent.getLast()));
            }
            if (clock.monotonicNanos() / MILLI % 50 < 2) {
                session.tick(clock.monotonicNanos());
            }
        }
    }

    @Test
    void itsClockIsKnownBeforeTheFirstChip() {
        session.opened(clock.monotonicNanos());
        IpicoFake reader = new IpicoFake(clock);
        answers(reader, 4_000 * MILLI);
        assertThat(output.sent).as("questions").hasSizeBetween(15, 150);
        long seen = clock.monotonicNanos() - 120 * MILLI;
        long hundredths = (seen / 1_000 + reader.aheadMicros) / 10_000 * 10_000;
        session.message(report(hundredths), new Arrival(clock.monotonicNanos(), clock.monotonicNanos()));
        RecordedOutput.Read read = output.reads.getLast();
        assertThat(Math.abs(read.momentNanos() - seen))
                .isLessThanOrEqualTo(read.uncertaintyNanos())
                .isLessThan(15 * MILLI);
    }

    @Test
    void oneThatDoesNotAnswerIsNotPestered() {
        session.opened(clock.monotonicNanos());
        pass(10);
        assertThat(asked()).hasSizeLessThan(6);
    }

    private static TagReport report(long micros) {
        return new TagReport(
                new Chip("058000128608"), 0, OptionalInt.empty(), new ReaderTime(ReaderTime.Base.CIVIL, micros), 1);
    }

    /** Midnight, the end of a month and of a year, leap days, the end of its two digits, and a calendar without a leap day. */
    @ParameterizedTest
    @CsvSource({
        "2026-05-30T23:59:30, 2026-05-30T23:59:30, 0",
        "2026-12-31T23:59:30, 2026-12-31T23:59:30, 0",
        "2028-02-28T23:59:30, 2028-02-28T23:59:30, 0",
        "2028-02-29T23:59:30, 2028-02-29T23:59:30, 0",
        "2099-12-31T23:59:30, 2000-01-01T00:00:00, 30",
        "2028-02-28T23:59:30, 2028-03-01T00:00:00, 30"
    })
    void itsCalendarTurnsInMidRace(LocalDateTime begins, LocalDateTime goesOn, int after) {
        long micros = begins.toEpochSecond(ZoneOffset.UTC) * 1_000_000;
        long gone = goesOn.toEpochSecond(ZoneOffset.UTC) * 1_000_000 - after * 1_000_000L;
        for (int i = 0; i < 600; i++) {
            long seen = start + 100L * i * MILLI;
            long reader = (i >= 10 * after ? gone : micros) + 100_000L * i;
            session.message(report(reader), new Arrival(seen + i * 7 % 50 * MILLI, seen + 60 * MILLI));
            RecordedOutput.Read read = output.reads.getLast();
            assertThat(Math.abs(read.momentNanos() - seen))
                    .as("read %d", i)
                    .isLessThanOrEqualTo(read.uncertaintyNanos());
        }
        assertThat(output.reads.getLast().uncertaintyNanos()).isLessThan(20 * MILLI);
    }
}
