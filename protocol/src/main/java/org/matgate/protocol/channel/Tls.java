package org.matgate.protocol.channel;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * TLS 1.3 on the read stream, and nothing older. A box knows its engine by a pin alone, so that it gets through while its
 * clock says 1970. Thread-safe.
 */
public final class Tls {
    /** Name of the handlers that {@link #secure} adds; they stand behind {@link StreamChannel#LIVENESS}. */
    public static final String HANDLER = "tls";

    static final String GUARD = "tls-guard";

    private static final String VERSION = "TLSv1.3";

    /** AES first: what serves an engine is quick at it. The last is for boards that are not. */
    private static final List<String> SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private final SslContext context;

    private Tls(SslContext context) {
        this.context = context;
    }

    /** The box's end: whoever holds this key is the engine. */
    public static Tls client(Pin pin) {
        // A name is nothing that is checked here, and Netty would.
        return built(SslContextBuilder.forClient()
                .trustManager(new PinTrustManager(pin))
                .endpointIdentificationAlgorithm(null));
    }

    /** The engine's end. */
    public static Tls server(PrivateKey key, X509Certificate certificate) {
        // A session is never resumed; none is to be kept for strangers.
        return built(SslContextBuilder.forServer(key, certificate)
                .sessionCacheSize(1)
                .sessionTimeout(1));
    }

    private static Tls built(SslContextBuilder builder) {
        try {
            return new Tls(builder.sslProvider(SslProvider.JDK)
                    .protocols(VERSION)
                    .ciphers(SUITES)
                    .build());
        } catch (SSLException e) {
            throw new IllegalStateException("this Java does not do " + VERSION + ": " + e.getMessage(), e);
        }
    }

    /**
     * Puts TLS into a channel on which {@link StreamChannel#install} was called. What is written waits until the
     * handshake is done, and is dropped if it fails: no token reaches the wrong engine. How long the handshake may take
     * is for the caller to bound.
     */
    public void secure(Channel channel) {
        // Without host and port: Java's client would else resume a session, in which no key is shown.
        SslHandler handler = context.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(0);
        channel.pipeline().addAfter(StreamChannel.LIVENESS, HANDLER, handler);
        TlsGuard guard = new TlsGuard();
        channel.pipeline().addAfter(StreamChannel.LIVENESS, GUARD, guard.wire());
        channel.pipeline().addAfter(HANDLER, GUARD + "-plain", guard.plain());
    }

    /**
     * Takes TLS out of a channel whose peer does not speak it, so that it can be told so in the clear. What waited for the
     * handshake fails. On the event loop.
     */
    public static void remove(Channel channel) {
        channel.pipeline().remove(HANDLER);
    }

    /**
     * What a failure of TLS means, in one line for a person; empty if {@code failure} is none of TLS.
     *
     * @param failure as it came to {@code exceptionCaught}
     */
    public static Optional<String> explain(Throwable failure) {
        return causes(failure)
                .filter(PinMismatchException.class::isInstance)
                .map(cause -> String.valueOf(cause.getMessage()))
                .findFirst()
                .or(() -> causes(failure)
                        .filter(SSLException.class::isInstance)
                        .map(cause -> "TLS: " + cause.getMessage())
                        .findFirst());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
