package org.matgate.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How times are written, and the moments that are told with them. */
class TimesTest {
    private static final long SECOND = 1_000_000_000L;

    /** 2026-02-15T07:31:00Z. */
    private static final long START = 1_771_140_660L * SECOND;

    private static long nanos(String text) {
        return TimeForm.of(text).nanos(text);
    }

    @ParameterizedTest
    @CsvSource({
        "12.25,SECONDS,12250000000",
        "-1,SECONDS,-1000000000",
        "00:00:01.5,TIME_OF_DAY,1500000000",
        "2026-02-15T07:31:00.25,WITHOUT_ZONE,1771140660250000000",
        "2026-02-15 07:31:00,WITHOUT_ZONE,1771140660000000000",
        "2026-02-15T07:31Z,WITH_ZONE,1771140660000000000",
        "2026-02-15T07:31:00.000000001Z,WITH_ZONE,1771140660000000001",
        "2026-02-15 12:31:00+05:00,WITH_ZONE,1771140660000000000",
        "2026-02-15T12:31:00+05,WITH_ZONE,1771140660000000000",
        "2026-02-15T02:01:00-0530,WITH_ZONE,1771140660000000000",
    })
    void aTimeIsWrittenInOneOfFourWays(String text, TimeForm form, long nanos) {
        assertThat(TimeForm.of(text)).isEqualTo(form);
        assertThat(nanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "5,5 s",
        "07:31:00.250,07:31:00.25",
        "2026-02-15 07:31:00,2026-02-15T07:31:00",
        "2026-02-15T12:31:00+05:00,2026-02-15T07:31:00Z",
    })
    void itIsShownAsItsFileHasIt(String text, String shown) {
        assertThat(TimeForm.of(text).show(nanos(text))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "noon",
                "7:31:00",
                "24:00:00",
                "07:31",
                "2026-02-30T07:31:00Z",
                "2026-02-15",
                "1e5",
                "4200000001",
                "-9999999999",
                "9999-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z"
            })
    void whatIsNoTimeSaysWhatWouldBe(String text) {
        assertThatThrownBy(() -> nanos(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the time '" + text + "'")
                .hasMessageContaining(": want ");
    }

    @Test
    void aHostileTimeIsRefusedAtOnce() {
        assertThatThrownBy(() -> nanos("T".repeat(60_000) + "+")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileHasOneWay() {
        Times times = new Times();
        times.nanos("23:59:59");
        assertThatThrownBy(() -> times.nanos("5")).hasMessageContaining("in another way");
        assertThatThrownBy(() -> times.nanos("00:00:01")).hasMessageContaining("past midnight needs dates");
        assertThat(times.nanos("23:59:58")).isPositive();
        assertThat(times.form()).isEqualTo(TimeForm.TIME_OF_DAY);
    }

    @ParameterizedTest
    @CsvSource({
        "+0,0",
        "+90.5,90.5",
        "07:31:30,30",
        "2026-02-15T12:32:00+05:00,60",
        // Before the first row, as at another mat: it is waited for.
        "07:30:00,-60",
        "2026-02-15T07:30:00,-60",
        // The file goes past midnight, and this was on the next day.
        "01:00:00,62940",
        "00:00:00,59340",
    })
    void aMomentOfAFileThatGoesPastMidnight(String from, double seconds) {
        Span file = new Span(TimeForm.WITH_ZONE, START, START + 70_000 * SECOND);
        assertThat(From.parse(from).in(file) - START).isEqualTo(Math.round(seconds * 1e9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+601|there is nothing from 2026-02-15T07:41:01Z on: it goes from 2026-02-15T07:31:00Z to",
                "07:41:01|there is nothing from 2026-02-15T07:41:01Z on",
                "2026-02-14T07:30:59Z|2026-02-14T07:30:59Z is more than a day before its first row",
                "5|is written in another way than the times of the file",
            })
    void aMomentThatIsNotInTheFile(String from, String says) {
        Span file = new Span(TimeForm.WITH_ZONE, START, START + 600 * SECOND);
        assertThatThrownBy(() -> From.parse(from).in(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "+-5", "+07:31:00", "noon", "++5"})
    void whatIsNoMoment(String from) {
        assertThatThrownBy(() -> From.parse(from)).hasMessageContaining("from '" + from + "': want such as 07:31:00");
    }

    @Test
    void whoWaitsIsToldWhy() {
        Span file = new Span(TimeForm.TIME_OF_DAY, nanos("07:31:00"), nanos("08:00:00"));
        assertThat(From.wait(nanos("07:30:30"), file))
                .contains("its first row, at 07:31:00, is 30 s after --from: that is waited for");
        assertThat(From.wait(nanos("07:31:00"), file)).isEmpty();
    }
}
