package org.matgate.gateway.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every kind of link does. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ReaderLinkContract {
    private static final long SECOND = 1_000_000_000;

    private FarEnd far;
    private ReaderLink link;

    /** The reader's end of a link. */
    interface FarEnd extends AutoCloseable {
        ReaderLink.Opener opener();

        /** Waits until the box is connected, where that is a matter of both ends. */
        void connected() throws Exception;

        void send(byte[] bytes) throws Exception;

        /** Waits for some bytes, at most {@code most}. */
        byte[] receive(int most) throws Exception;

        void hangUp() throws Exception;

        @Override
        void close() throws IOException;
    }

    abstract FarEnd farEnd() throws Exception;

    @BeforeEach
    void open() throws Exception {
        far = farEnd();
        link = far.opener().open();
        far.connected();
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        far.close();
    }

    @Test
    void carriesAnyBytesBothWays() throws Exception {
        byte[] all = new byte[3 * 256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        link.write(all);
        assertThat(receive(all.length)).isEqualTo(all);
        far.send(all);
        assertThat(read(all.length)).isEqualTo(all);
    }

    @Test
    void carriesMuch() throws Exception {
        byte[] much = new byte[200_000];
        new Random(1).nextBytes(much);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            for (int at = 0; at < much.length; at += 1_000) {
                try {
                    far.send(Arrays.copyOfRange(much, at, at + 1_000));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        assertThat(read(much.length)).isEqualTo(much);
        sending.get(10, TimeUnit.SECONDS);
    }

    @Test
    void readsNoMoreThanTheBufferHolds() throws Exception {
        far.send("abcdef".getBytes(US_ASCII));
        byte[] buffer = new byte[4];
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (got.size() < 6) {
            int count = link.read(buffer, SECOND);
            assertThat(count).isBetween(0, 4);
            got.write(buffer, 0, count);
        }
        assertThat(got).hasToString("abcdef");
    }

    @Test
    void waitReturnsZeroWhenNothingComes() throws Exception {
        byte[] buffer = new byte[4];
        assertThat(link.read(buffer, 0)).isZero();
        assertThat(link.read(buffer, 20_000_000)).isZero();
        far.send(new byte[] {7});
        assertThat(link.read(buffer, 10 * SECOND)).isEqualTo(1);
        assertThat(buffer[0]).isEqualTo((byte) 7);
    }

    @Test
    void farEndThatHangsUpEndsAReadInProgress() throws Exception {
        CompletableFuture<Throwable> reading = readingToTheEnd();
        far.hangUp();
        assertThat(reading.get(10, TimeUnit.SECONDS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(far.opener().toString());
        link.close();
    }

    @Test
    void farEndThatHungUpIsFoundByTheNextRead() throws Exception {
        far.hangUp();
        assertThatThrownBy(() -> readForEver(new CountDownLatch(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(far.opener().toString());
        link.close();
        assertThatThrownBy(() -> link.write(new byte[] {1})).isInstanceOf(IOException.class);
    }

    @Test
    void closingEndsAReadInProgress() throws Exception {
        CompletableFuture<Throwable> reading = readingToTheEnd();
        link.close();
        link.close();
        assertThat(reading.get(10, TimeUnit.SECONDS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> link.read(new byte[1], 0)).hasMessageContaining("was closed");
        assertThatThrownBy(() -> link.write(new byte[1])).hasMessageContaining("was closed");
    }

    @Test
    void writingToAFarEndThatTakesNothingEnds() {
        byte[] block = new byte[64 * 1024];
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        link.write(block);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not take 65536 bytes within 3000 ms");
        assertThatThrownBy(() -> link.read(new byte[1], 0)).hasMessageContaining("was closed");
    }

    @Test
    void namesItself() {
        assertThat(link).hasToString(far.opener().toString());
    }

    ReaderLink link() {
        return link;
    }

    /** Reads on another thread until that throws; returns once it reads. */
    private CompletableFuture<Throwable> readingToTheEnd() throws InterruptedException {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        CountDownLatch reading = new CountDownLatch(2);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                readForEver(reading);
            } catch (Throwable e) {
                ended.complete(e);
            }
        });
        reading.await();
        return ended;
    }

    private void readForEver(CountDownLatch reading) throws IOException {
        byte[] buffer = new byte[16];
        while (true) {
            reading.countDown();
            assertThat(link.read(buffer, 100_000_000)).isZero();
        }
    }

    private byte[] read(int count) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] buffer = new byte[4_096];
        while (got.size() < count) {
            got.write(buffer, 0, link.read(buffer, SECOND));
        }
        return got.toByteArray();
    }

    private byte[] receive(int count) throws Exception {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (got.size() < count) {
            got.writeBytes(far.receive(count - got.size()));
        }
        return got.toByteArray();
    }
}
