package org.matgate.protocol.receiver;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.matgate.protocol.channel.Token;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.Reason;

/**
 * Lets those in that bring one of several tokens, of which only the SHA-256 is known here. Thread-safe.
 *
 * <p>After a change call {@link ReadStreamServer#recheck}: it ends the sessions that would not be let in any more.
 */
public final class TokenBook implements Admission {
    private volatile Map<String, byte[]> hashes = Map.of();

    /**
     * Replaces all that is known.
     *
     * @param byName the name under which each was given out, and what {@link Token#hash} made of it
     */
    public void set(Map<String, byte[]> byName) {
        Map<String, byte[]> copy = new HashMap<>();
        byName.forEach((name, hash) -> copy.put(name, hash.clone()));
        hashes = Map.copyOf(copy);
    }

    @Override
    public Decision decide(Hello hello) {
        byte[] brought = Token.hash(hello.token());
        boolean known = false;
        for (byte[] hash : hashes.values()) {
            // All of them, each in constant time: how long it takes tells nothing.
            known |= MessageDigest.isEqual(hash, brought);
        }
        if (known) {
            return new Admitted();
        }
        return new Refused(
                Reason.TOKEN,
                hello.token().isEmpty()
                        ? "box " + hello.box() + " brings no token: enroll it at this engine"
                        : "the token of box " + hello.box()
                                + " is not known here, or was revoked: enroll the box at this engine");
    }
}
