package org.matgate.simulator.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake is told once, in the order of the file, and nothing that only follows from another. */
class ScenarioMistakesTest {
    private static final String GOOD = """
            [race]
            name = "Mistakes"
            seed = 1
            clock_zero = "09:00:00"
            duration = "0:10:00"
            [[distance]]
            name = "1 km"
            length = 1000
            gun = "09:01:00"
            finish = { mean = "0:05:00", sd = 6 }
            [[wave]]
            distance = "1 km"
            name = "elite"
            runners = 5
            finish = { min = "0:03:00", median = "0:04:00" }
            [[wave]]
            distance = "1 km"
            name = "all"
            runners = 40
            [[timing_point]]
            name = "start"
            at = 0
            [[timing_point]]
            name = "finish"
            at = "finish"
            [[mat]]
            name = "finish-main"
            timing_point = "finish"
            family = "r2000"
            line = "main"
            connection = "tcp"
            [[clock]]
            box = "finish"
            synchronised = false
            error = 5
            [[gun]]
            box = "finish"
            distance = "1 km"
            wave = "all"
            [[fault]]
            kind = "noise"
            mat = "finish-main"
            from = "09:02:00"
            until = "09:03:00"
            rate = 0.25
            [[fault]]
            kind = "stall"
            box = "finish"
            every = 4
            seconds = 0.5
            [[fault]]
            kind = "early-start"
            distance = "1 km"
            [[random_faults]]
            kinds = ["noise", "kill"]
            count = 2
            mats = ["finish-main"]
            """;

    private static List<String> problems(String text) {
        try {
            Scenario.parse("x.toml", text);
            return List.of();
        } catch (ScenarioException e) {
            return String.valueOf(e.getMessage()).lines().toList();
        }
    }

    @Test
    void theTextIsGood() {
        assertThat(problems(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [race]                        | [rase]                     | x.toml:1:1: a scenario has no key 'rase' (did you mean 'race'?)
            clock_zero = "09:00:00"       | clock_zero = "9 am"        | x.toml:4:1: 'clock_zero' is "9 am"
            clock_zero = "09:00:00"       | clock_zer = "09:00:00"     | x.toml:4:1: 'race' has no key 'clock_zer' (did you mean 'clock_zero'?)
            duration = "0:10:00"          | duration = "10 min"        | x.toml:5:1: 'duration' is "10 min"
            name = "1 km"                 | name = ""                  | x.toml:7:1: 'name' is ""; want the distance's name, such as
            [[timing_point]];name = "finish" | [[timing_point]];name = " " | x.toml:24:1: 'name' is " "; want a name such as
            length = 1000                 | lenght = 1000              | x.toml:8:1: [[distance]] has no key 'lenght' (did you mean 'length'?)
            gun = "09:01:00"              | gun = "9:01"               | x.toml:9:1: 'gun' is "9:01"
            gun = "09:01:00"              | gun = "09:20:00"           | x.toml:9:1: 'gun' is "09:20:00"; want a gun from "9:00:00" ('clock_zero') to "9:10:00", the end of the race
            gun = "09:01:00"              | gun = "08:59:00"           | x.toml:9:1: 'gun' is "08:59:00"; want a gun from "9:00:00" ('clock_zero') to "9:10:00", the end of the race
            gun = "09:01:00"              | gun = 700                  | x.toml:9:1: 'gun' is 700; want a gun up to the end of the race, 600.0 s on the race clock
            mean = "0:05:00", sd = 6      | mean = "5 min", sd = 6     | x.toml:10:12: 'mean' is "5 min"
            distance = "1 km";name = "elite" | distance = "1km";name = "elite" | x.toml:12:1: 'distance' is "1km" (did you mean '1 km'?); want one of 1 km
            min = "0:03:00"               | min = "0:01:00"            | x.toml:15:12: 'min' is "0:01:00"; want at least "0:01:24", as nobody runs the 1000 metres of '1 km' in less; or a shorter 'length'
            min = "0:03:00"               | min = "0:05:00"            | x.toml:15:29: 'median' is "0:04:00"; want a time of at least 'min', "0:05:00"
            min = "0:03:00"               | min = "3 min"              | x.toml:15:12: 'min' is "3 min"
            [[timing_point]];name = "finish" | [[timing_pont]];name = "finish" | x.toml:23:1: a scenario has no key 'timing_pont' (did you mean 'timing_point'?)
            at = "finish"                 | at = "finsh"               | x.toml:25:1: 'at' is "finsh" (did you mean 'finish'?)
            at = "finish"                 | at = 1001                  | x.toml:25:1: 'at' is 1001; want metres up to 1000, where '1 km' ends; "finish" is there, too
            at = "finish"                 | at = [0, 1500]             | x.toml:25:1: 'at' is [ 0, 1500 ]; want metres up to 1000, where '1 km' ends; "finish" is there, too
            at = "finish"                 | at = { "1 km" = 1500 }     | x.toml:25:8: '1 km' is 1500; want metres up to 1000, where '1 km' ends
            at = "finish"                 | at = "exchange"            | x.toml:25:1: 'at' is "exchange"; want another place, as '1 km' is no relay
            at = "finish"                 | at = 500                   | x.toml:7:1: '1 km' has no finish: no mat lies at its end; want a [[timing_point]] with a [[mat]] and at = "finish"
            timing_point = "finish"       | timing_point = "finsh"     | x.toml:28:1: 'timing_point' is "finsh" (did you mean 'finish'?); want one of start, finish
            timing_point = "finish"       | timing_point = "start"     | x.toml:7:1: '1 km' has no finish
            family = "r2000"              | family = "R200"            | x.toml:29:1: 'family' is "R200" (did you mean 'r2000'?); want "llrp" or
            line = "main"                 | line = "Main"              | x.toml:30:1: 'line' is "Main" (did you mean 'main'?); want "main" or "backup"
            [[mat]]                       | [[mats]]                   | x.toml:26:1: a scenario has no key 'mats' (did you mean 'mat'?)
            synchronised = false          | synchronised = "no"        | x.toml:34:1: 'synchronised' is "no"; want true or false
            wave = "all"                  | wave = "al"                | x.toml:39:1: 'wave' is "al" (did you mean 'all'?); want one of elite, all
            kind = "noise"                | kind = "Noize"             | x.toml:41:1: 'kind' is "Noize" (did you mean 'noise'?)
            until = "09:03:00"            | until = "09:01:30"         | x.toml:44:1: 'until' is "09:01:30"; want a moment after 'from', "09:02:00"
            until = "09:03:00"            | until = 90                 | x.toml:44:1: 'until' is 90; want a moment after 'from', "09:02:00"
            from = "09:02:00"             | from = "soon"              | x.toml:43:1: 'from' is "soon"
            seconds = 0.5                 | seconds = "often"          | x.toml:50:1: 'seconds' is "often"
            every = 4                     | every = 0.75               | x.toml:49:1: 'every' is 0.75; want at least twice 'seconds', 0.5
            kinds = ["noise", "kill"]     | kinds = ["noise", "kil"]   | x.toml:55:1: 'kinds' is [ "noise", "kil" ] (did you mean 'kill'?); want a list of some of noise
            """)
    void theRootOfIt(String good, String bad, String message) {
        String text = GOOD.replace(good.replace(';', '\n'), bad.replace(';', '\n'));
        assertThat(text).isNotEqualTo(GOOD);
        assertThat(problems(text)).singleElement().asString().startsWith(message);
    }

    @Test
    void severalComeInTheOrderOfTheFile() {
        String text = GOOD.replace("rate = 0.25", "rate = 25")
                .replace("seed = 1", "sede = 1")
                .replace("at = 0", "at = -1")
                .replace("line = \"main\"", "lin = \"main\"")
                .replace("runners = 40", "runners = 0")
                .replace("error = 5", "eror = 5");
        assertThat(problems(text))
                .extracting(problem -> problem.substring(0, problem.indexOf(':', 7)))
                .containsExactly("x.toml:3", "x.toml:19", "x.toml:22", "x.toml:30", "x.toml:35", "x.toml:45");
    }

    @Test
    void oneMatIsStartAndFinish() throws Exception {
        Scenario scenario = Scenario.parse(
                "x.toml",
                GOOD.replace("at = \"finish\"", "at = [0, \"finish\"]").replace("at = 0\n", "at = 400\n"));
        assertThat(scenario.timingPoints().getLast().metres(scenario.distances().getFirst()))
                .containsExactly(0.0, 1000.0);
        assertThat(Course.run(scenario, 1).crossings())
                .filteredOn(crossing -> crossing.timingPoint().equals("finish"))
                .extracting(Crossing::pass)
                .contains(1, 2);
    }

    @Test
    void aLapIsShorterThanItsDistance() {
        assertThat(problems(
                        GOOD.replace("length = 1000", "length = 1000\nlaps = 2").replace("at = 0\n", "at = 600\n")))
                .singleElement()
                .isEqualTo("x.toml:23:1: 'at' is 600; want metres into each lap, less than 500; a list such as [600]"
                        + " counts from the start, \"finish\" is where a distance ends");
    }

    @Test
    void whoComesByOnOneOfSeveralDistancesIsFine() {
        String longer = GOOD.substring(GOOD.indexOf("[[distance]]"), GOOD.indexOf("[[wave]]"))
                .replace("\"1 km\"", "\"2 km\"")
                .replace("length = 1000", "length = 2000\nrunners = 3");
        assertThat(problems(GOOD.replace("at = 0\n", "at = 1500\n") + longer)).isEmpty();
    }

    @Test
    void waves() {
        assertThat(problems(GOOD.replace("length = 1000", "length = 10000")))
                .as("all are too fast: it is the length")
                .singleElement()
                .asString()
                .startsWith(
                        "x.toml:8:1: 'length' is 10000; want at most 2160 metres, as somebody is to finish in 0:03:00");
    }
}
