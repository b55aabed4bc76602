package org.matgate.protocol.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Everything that a box must know to deliver to an engine, in one line:
 *
 * <pre>
 *   mg1/results.example.org:7300/PIN/TOKEN/CHECK
 * </pre>
 *
 * PIN and TOKEN are 52 characters of Crockford's base 32, CHECK is 6: the first 30 bits of the SHA-256 of all before
 * the last slash, in lower case. Upper and lower case are the same, blanks and line ends are skipped, so that it may be
 * scanned, pasted from a letter, or typed.
 *
 * @param host a name or address, in lower case
 * @param port 1 to 65535
 * @param token as a box sends it
 */
public record EnrollCode(String host, int port, Pin pin, String token) {
    private static final String SCHEME = "mg";
    private static final String VERSION = SCHEME + "1";
    private static final int PARTS = 5;
    private static final int CHECK_CHARACTERS = 6;
    private static final int HIGHEST_PORT = 65_535;

    /** The text is no code; the message says for a person what is wrong and what to do. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String what) {
            super(what);
        }
    }

    /**
     * A code.
     *
     * @throws IllegalArgumentException if host or port cannot be written in one; the message says why
     */
    public EnrollCode {
        host = host.toLowerCase(Locale.ROOT);
        if (!host.matches("[0-9a-z._:\\-]+")) {
            throw new IllegalArgumentException(
                    "host \"" + host + "\"; want a name or address of letters, digits, dots, hyphens and colons");
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port " + port + "; want 1 to " + HIGHEST_PORT);
        }
        if (Base32.decode(token, Token.LENGTH).isEmpty()) {
            throw new IllegalArgumentException("the token is none that was made for a box");
        }
    }

    /**
     * Reads a code.
     *
     * @throws MalformedException if it is none, or was damaged on the way
     */
    public static EnrollCode parse(String text) throws MalformedException {
        String code = text.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        String[] parts = code.split("/", -1);
        if (parts[0].matches(SCHEME + "\\d+") && !parts[0].equals(VERSION)) {
            throw new MalformedException("the code is of version " + parts[0].substring(SCHEME.length())
                    + " and this matgate knows version 1: update this box");
        }
        if (!parts[0].equals(VERSION) || parts.length != PARTS) {
            throw new MalformedException("that is no code; want " + VERSION
                    + "/HOST:PORT/PIN/TOKEN/CHECK, as matsim engine enroll or your engine prints it, whole");
        }
        byte[] pin = Base32.decode(parts[2], Pin.LENGTH).orElseThrow(() -> typo("its third part, the pin"));
        byte[] token = Base32.decode(parts[3], Token.LENGTH).orElseThrow(() -> typo("its fourth part, the token"));
        int colon = parts[1].lastIndexOf(':');
        if (colon < 1 || !parts[1].substring(colon + 1).matches("\\d{1,5}")) {
            throw typo("its second part, host and port");
        }
        String canonical = String.join("/", VERSION, parts[1], Base32.encode(pin), Base32.encode(token));
        byte[] check = Base32.decode(parts[4] + "00", 5).orElseThrow(() -> typo("its last part, the check"));
        if (!Base32.encode(check).substring(0, CHECK_CHARACTERS).equals(check(canonical))) {
            throw typo("a character of it");
        }
        try {
            return new EnrollCode(
                    parts[1].substring(0, colon),
                    Integer.parseInt(parts[1].substring(colon + 1)),
                    Pin.ofBytes(pin),
                    Base32.encode(token));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("the code has " + e.getMessage());
        }
    }

    private static MalformedException typo(String what) {
        return new MalformedException("the code was damaged on the way: " + what
                + " is not as it was printed; compare it, or scan or paste it again");
    }

    /** The line, in lower case; {@code toUpperCase} of it is the same code and makes a smaller QR code. */
    public String text() {
        String rest = VERSION + "/" + host + ":" + port + "/" + Base32.encode(pin.bytes()) + "/" + token;
        return rest + "/" + check(rest);
    }

    private static String check(String rest) {
        byte[] hash = Pin.sha256().digest(rest.getBytes(StandardCharsets.US_ASCII));
        return Base32.encode(Arrays.copyOf(hash, 5)).substring(0, CHECK_CHARACTERS);
    }

    /** Everything but the token. */
    @Override
    public String toString() {
        return "EnrollCode[" + host + ":" + port + ", pin " + pin + "]";
    }
}
