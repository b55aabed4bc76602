package org.matgate.protocol.receiver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.Reason;

/** Decides who is let in. Called on the server's event loop, so it answers at once; it does not throw. */
@FunctionalInterface
public interface Admission {
    /** What becomes of this box. */
    Decision decide(Hello hello);

    /** Let in, or not. */
    sealed interface Decision {}

    /** The box is let in. */
    record Admitted() implements Decision {}

    /**
     * The box is not let in.
     *
     * @param text for a person: what is wrong and what to do
     */
    record Refused(Reason reason, String text) implements Decision {}

    /** Lets every box in, whatever token it brings. */
    static Admission everyone() {
        return hello -> new Admitted();
    }

    /** Lets those boxes in that bring this token. */
    static Admission token(String token) {
        byte[] expected = token.getBytes(StandardCharsets.UTF_8);
        return hello -> MessageDigest.isEqual(expected, hello.token().getBytes(StandardCharsets.UTF_8))
                ? new Admitted()
                : new Refused(
                        Reason.TOKEN,
                        hello.token().isEmpty()
                                ? "this engine asks for a token and box " + hello.box()
                                        + " has none: put it in its config"
                                : "the token of box " + hello.box() + " is not this engine's: compare the two");
    }
}
