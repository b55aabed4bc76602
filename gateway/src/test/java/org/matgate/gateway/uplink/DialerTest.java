package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.uplink.Fixture.NOW;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.ReadStreamServer;

/** Names that have several addresses, and others the next time. */
@Timeout(60)
final class DialerTest {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<String> answers = new ArrayList<>();
    private final Dialer dialer = new Dialer(
            engine("engine.example", 7300),
            new FakeJournal(),
            loops.next(),
            UplinkSettings.DEFAULT,
            System::nanoTime,
            host -> resolve(answers.removeFirst()));

    @AfterEach
    void end() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void allAddressesOfANameAreTriedInTurnInWhateverOrderTheyCome() throws Exception {
        // As of a name server that deals them out in turn.
        answers.addAll(List.of("10.0.0.1 10.0.0.2 ::7", "10.0.0.2 10.0.0.1 ::7", "10.0.0.2 ::7 10.0.0.1"));
        answers.addAll(List.of("::7 10.0.0.1 10.0.0.2", "10.0.0.2 ::7 10.0.0.1", "::7 10.0.0.1 10.0.0.2"));
        List<String> tried = new ArrayList<>();
        while (!answers.isEmpty()) {
            tried.add(dial());
        }
        assertThat(new HashSet<>(tried.subList(0, 3))).hasSize(3);
        assertThat(tried.subList(3, 6)).isEqualTo(tried.subList(0, 3));
    }

    @Test
    void aNameThatMovedIsDialledWhereItIsNow() throws Exception {
        answers.addAll(List.of("10.0.0.1", "10.0.0.1 10.0.0.2", "10.0.0.3", "", "10.0.0.3"));
        assertThat(dial()).isEqualTo("10.0.0.1");
        assertThat(dial()).isEqualTo("10.0.0.2");
        assertThat(dial()).isEqualTo("10.0.0.3");
        assertThat(dial()).isEqualTo("unknown engine.example");
        assertThat(dial()).isEqualTo("10.0.0.3");
    }

    @Test
    void anEngineOnIpv6IsServed() throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("::1");
        try (ServerSocket there = new ServerSocket(0, 1, loopback)) {
            assertThat(there.getInetAddress()).isInstanceOf(Inet6Address.class);
        } catch (IOException e) {
            Assumptions.abort("no IPv6 on this machine: " + e.getMessage());
        }
        MemoryStore store = new MemoryStore();
        FakeJournal journal = new FakeJournal();
        ExecutorService disk = Executors.newSingleThreadExecutor();
        try (ReadStreamServer server = ReadStreamServer.builder(store, System::nanoTime)
                        .bind(new InetSocketAddress(loopback, 0))
                        .admission(Admission.token("let me in"))
                        .start();
                Uplink uplink = new Uplink(
                        engine("::1", server.address().getPort()),
                        new Uplink.Shared(Fixture.IDENTITY, journal, loops, disk, System::nanoTime),
                        new Random(Fixture.seed()),
                        UplinkListener.NONE)) {
            uplink.start();
            journal.commit(100);
            assertThat(uplink.awaitDelivered(Duration.ofSeconds(20))).isTrue();
            assertThat(store.events(NOW)).hasSize(100);
        } finally {
            disk.shutdownNow();
        }
    }

    /** The address that is dialled next, or what is wrong. */
    private String dial() throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        dialer.prepare(
                journals -> assertThat(journals).hasSize(1),
                address -> result.complete(address.getAddress().getHostAddress()),
                e -> result.complete(e.getMessage()));
        return result.get(20, TimeUnit.SECONDS);
    }

    private static InetAddress[] resolve(String answer) throws IOException {
        if (answer.isEmpty()) {
            throw new UnknownHostException("unknown engine.example");
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : answer.split(" ", -1)) {
            addresses.add(InetAddress.ofLiteral(address));
        }
        return addresses.toArray(InetAddress[]::new);
    }

    private static Config.Engine engine(String host, int port) {
        return new Config.Engine("e", host, port, Optional.empty(), "let me in", true);
    }
}
