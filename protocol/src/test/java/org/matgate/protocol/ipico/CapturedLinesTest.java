package org.matgate.protocol.ipico;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Seeds;
import org.matgate.protocol.reader.Heard;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/** 2,000 consecutive lines of a real reader; skipped where the folder with captures does not lie beside the repository. */
@Timeout(60)
class CapturedLinesTest {
    private static final Path CAPTURE = Path.of("../../shared/captures/ipico-lines.txt");

    @BeforeEach
    void needsTheCapture() {
        assumeTrue(
                Files.exists(CAPTURE),
                () -> "SKIPPED: no captured lines at "
                        + CAPTURE.toAbsolutePath().normalize() + "; the golden lines are tested all the same");
    }

    @Test
    void everyLineIsParsedWithItsTimeAtAnySplit() throws IOException {
        byte[] bytes = Files.readAllBytes(CAPTURE);
        List<String> lines = Files.readAllLines(CAPTURE, StandardCharsets.US_ASCII);
        List<TagReport> reports = parse(bytes, new Random(Seeds.seed(CapturedLinesTest.class)));
        assertThat(reports).hasSize(2_000).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            assertThat(reports.get(i).chip().hex()).isEqualToIgnoringCase(line.substring(4, 16));
            assertThat(reports.get(i).time()).as(line).isEqualTo(ReaderTime.civil(time(line)));
        }
        assertThat(reports.stream().map(TagReport::chip).collect(Collectors.toSet()))
                .hasSize(4);
    }

    /** Read apart from the parser: the hundredths are hexadecimal. */
    private static LocalDateTime time(String line) {
        int[] two = new int[6];
        for (int i = 0; i < two.length; i++) {
            two[i] = Integer.parseInt(line.substring(20 + 2 * i, 22 + 2 * i));
        }
        int hundredths = Integer.parseInt(line.substring(32, 34), 16);
        return LocalDateTime.of(2000 + two[0], two[1], two[2], two[3], two[4], two[5], hundredths * 10_000_000);
    }

    private static List<TagReport> parse(byte[] bytes, Random random) {
        IpicoParser parser = new IpicoParser();
        Heard<ReaderMessage> heard = new Heard<>();
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, from + random.nextInt(1, 100));
            parser.parse(bytes, from, to - from, heard);
            from = to;
        }
        parser.end(heard);
        assertThat(heard.text()).doesNotContain("skipped");
        return heard.messages().stream()
                .filter(TagReport.class::isInstance)
                .map(TagReport.class::cast)
                .toList();
    }

    @Test
    void everyLineIsEncodedAsItWas() throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        Set<IpicoTagLine> distinct = new HashSet<>();
        for (String line : Files.readAllLines(CAPTURE, StandardCharsets.US_ASCII)) {
            IpicoTagLine tag = IpicoTagLine.decode(line).orElseThrow();
            distinct.add(tag);
            encoded.writeBytes(tag.encode());
        }
        assertThat(encoded.toByteArray()).isEqualTo(Files.readAllBytes(CAPTURE));
        assertThat(distinct).hasSize(1_691);
    }
}
