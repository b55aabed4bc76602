package org.matgate.gateway.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** By what two settings are told apart without being told. */
public final class Fingerprint {
    /** So few that a secret among the settings is not to be guessed by them; one change in 65,536 goes unnoticed. */
    private static final int BYTES = 2;

    private Fingerprint() {}

    /** Four hexadecimal digits, the same for equal texts. */
    public static String of(String settings) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(settings.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
