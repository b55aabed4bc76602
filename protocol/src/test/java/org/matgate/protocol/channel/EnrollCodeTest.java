package org.matgate.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.channel.EnrollCode.MalformedException;

final class EnrollCodeTest {
    private static final Pin PIN =
            Pin.ofBytes(HexFormat.of().parseHex("00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"));
    private static final EnrollCode CODE = new EnrollCode("Results.example.org", 7300, PIN, Token.random());

    @Test
    void aCodeIsReadHoweverItCame() throws Exception {
        String text = CODE.text();
        assertThat(text).startsWith("mg1/results.example.org:7300/").hasSizeLessThan(150);
        assertThat(EnrollCode.parse(text)).isEqualTo(CODE);
        assertThat(EnrollCode.parse(text.toUpperCase(Locale.ROOT))).isEqualTo(CODE);
        assertThat(EnrollCode.parse("  " + text.substring(0, 40) + "\r\n " + text.substring(40) + "\n"))
                .isEqualTo(CODE);
        assertThat(EnrollCode.parse(
                        text.replace('1', 'l').replaceFirst("^mgl", "mg1").replace(":73oo", ":7300")))
                .isEqualTo(CODE);
        EnrollCode six = new EnrollCode("2001:db8::7", 65_535, PIN, Token.random());
        assertThat(EnrollCode.parse(six.text())).isEqualTo(six);
    }

    @Test
    void anyOneWrongCharacterIsTold() {
        String text = CODE.text();
        Random random = new Random(5);
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i);
            while (other == text.charAt(i)) {
                other = "0123456789abcdefghjkmnpqrstvwxyz".charAt(random.nextInt(32));
            }
            String typo = text.substring(0, i) + other + text.substring(i + 1);
            assertThatThrownBy(() -> EnrollCode.parse(typo)).as(typo).isInstanceOf(MalformedException.class);
            String left = text.substring(0, i) + text.substring(i + 1);
            assertThatThrownBy(() -> EnrollCode.parse(left)).as(left).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void whatIsNoCodeSaysWhatIsWanted() {
        assertThatThrownBy(() -> EnrollCode.parse("finish-a")).hasMessageContaining("want mg1/HOST:PORT/PIN/TOKEN");
        assertThatThrownBy(() -> EnrollCode.parse(""))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("no code");
        assertThatThrownBy(() -> EnrollCode.parse("mg2/anything")).hasMessageContaining("update this box");
        assertThatThrownBy(() -> new EnrollCode("a b", 7300, PIN, Token.random()))
                .hasMessageContaining("host \"a b\"");
    }

    @Test
    void aPinIsReadAsPeopleAndProgramsWriteIt() {
        String hex = PIN.toString();
        assertThat(hex).hasSize(64);
        assertThat(Pin.parse(hex)).contains(PIN);
        assertThat(Pin.parse(" SHA256:" + hex.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:")))
                .contains(PIN);
        assertThat(Pin.parse(hex.replaceAll("(....)(?!$)", "$1 "))).contains(PIN);
        assertThat(Pin.parse("sha256//" + Base64.getEncoder().encodeToString(PIN.bytes())))
                .contains(PIN);
        assertThat(Pin.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(PIN.bytes())))
                .contains(PIN);
        assertThat(Pin.parse(hex.substring(1))).isEmpty();
        assertThat(Pin.parse("")).isEmpty();
        assertThat(Pin.parse("the engine's")).isEmpty();
    }

    @Test
    void tokensAreRandomAndKnownByTheirHash() {
        assertThat(Token.random()).hasSize(52).isNotEqualTo(Token.random());
        assertThat(HexFormat.of().formatHex(Token.hash("abc"))).startsWith("ba7816bf8f01cfea");
    }
}
