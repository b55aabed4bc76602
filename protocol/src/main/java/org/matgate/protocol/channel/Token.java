package org.matgate.protocol.channel;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The secret that admits a box: 256 random bits, written as 52 digits and lower-case letters. */
public final class Token {
    static final int LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    /** A new one. */
    public static String random() {
        byte[] bits = new byte[LENGTH];
        RANDOM.nextBytes(bits);
        return Base32.encode(bits);
    }

    /** What an engine keeps of it: the SHA-256 of the text that a box brings, 32 bytes. */
    public static byte[] hash(String token) {
        return Pin.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
    }
}
