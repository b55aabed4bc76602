package org.matgate.gateway.firstboot;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text as any editor on any laptop may have written it: with or without a byte order mark, in UTF-8, UTF-16 or the old
 * Windows' letters, with either end of line. Lines and columns are those that the editor shows.
 *
 * @param text with line feeds, without a mark
 * @param remark what a person should look at, if anything
 */
record DropText(String text, Optional<String> remark) {
    private static final char MARK = '\uFEFF';
    private static final Charset OLD_WINDOWS = Charset.forName("windows-1252");

    /** What word processors, and messages that a configuration was copied from, put where a key of the keyboard is meant. */
    private static final String TYPOGRAPHIC = "\u201C\u201D\u201E\u00AB\u00BB\u2018\u2019\u201A\u00A0\u200B\u2013";

    static DropText of(String name, byte[] bytes) throws Drop.UnfitException {
        Optional<String> remark = Optional.empty();
        String text;
        try {
            text = strict(charset(bytes), bytes);
        } catch (CharacterCodingException e) {
            text = new String(bytes, OLD_WINDOWS);
            remark = Optional.of(name + " is not UTF-8; it was read as Windows-1252. If letters such as "
                    + "\u00E4 or \u00E9 are wrong now, save it as UTF-8");
        }
        if (!text.isEmpty() && text.charAt(0) == MARK) {
            text = text.substring(1);
        }
        if (text.indexOf('\0') >= 0) {
            throw new Drop.UnfitException(
                    name + " is no plain text; save it as one, in UTF-8 (not from a word processor)");
        }
        return new DropText(text.replace("\r\n", "\n").replace('\r', '\n'), remark);
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        return first == 0xFFFE || first == 0xFEFF ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    private static String strict(Charset charset, byte[] bytes) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** Where a character stands that looks like one of the keyboard's and is none, outside of remarks; for what was refused. */
    List<String> lookalikes(String name) {
        List<String> found = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int line = 0; line < lines.length; line++) {
            for (int column = 0; column < lines[line].length(); column++) {
                char c = lines[line].charAt(column);
                if (c == '#') {
                    break;
                }
                if (TYPOGRAPHIC.indexOf(c) >= 0) {
                    found.add(name + ":" + (line + 1) + ":" + (column + 1) + ": " + hint(c));
                    break;
                }
            }
        }
        return found;
    }

    private static String hint(char c) {
        return switch (c) {
            case '\u00A0', '\u200B' ->
                "there is a blank that is none of the keyboard's, as copied from a letter or a web page; type it anew";
            case '\u2013' -> "there is a dash \u2013; want the hyphen - of the keyboard";
            default -> "there is a typographic quotation mark " + c + "; want the straight one \" of the keyboard";
        };
    }
}
