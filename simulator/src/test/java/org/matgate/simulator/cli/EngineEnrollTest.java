package org.matgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.channel.EnrollCode;
import org.matgate.protocol.channel.Pin;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.matgate.protocol.stream.StreamMessage.Welcome;
import picocli.CommandLine;

@Timeout(60)
final class EngineEnrollTest {
    @TempDir
    Path directory;

    private record Said(int exit, String out, String err) {}

    private Said engine(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new EngineCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    private Said enroll(String name, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("enroll", name, "--db", db().toString(), "--host", "127.0.0.1", "--port", "7300"));
        arguments.addAll(List.of(more));
        return engine(arguments.toArray(String[]::new));
    }

    private Path db() {
        return directory.resolve("engine.db");
    }

    @Test
    void aCodeIsPrintedInALineAndAsAQrCodeThatCanBeRead() throws Exception {
        Said said = enroll("finish-a");
        assertThat(said.exit()).as(said.err()).isZero();
        List<String> lines = said.out().lines().toList();
        EnrollCode code = EnrollCode.parse(lines.getFirst());
        assertThat(code.host()).isEqualTo("127.0.0.1");
        List<String> drawn =
                lines.stream().filter(line -> line.matches("[ █▀▄]{20,}")).toList();
        assertThat(EnrollCode.parse(scanned(drawn))).isEqualTo(code);
        assertThat(said.out()).contains("matgate enroll CODE", "The engine's pin is " + code.pin());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("engine.db.p12"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(db(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(code.token());
        EnrollCode second = EnrollCode.parse(
                enroll("start", "--no-qr").out().lines().findFirst().orElseThrow());
        assertThat(second.pin()).isEqualTo(code.pin());
        assertThat(second.token()).isNotEqualTo(code.token());
    }

    private static String scanned(List<String> drawn) throws Exception {
        int scale = 4;
        int width = drawn.getFirst().length() * scale;
        int height = drawn.size() * 2 * scale;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                char cell = drawn.get(y / (2 * scale)).charAt(x / scale);
                boolean upper = y / scale % 2 == 0;
                boolean light = cell == '█' || cell == (upper ? '▀' : '▄');
                pixels[y * width + x] = light ? 0xFFFFFF : 0;
            }
        }
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(enroll("finish-a").exit()).isZero();
        assertThat(enroll("finish-a").err()).contains("is enrolled already; --replace");
        assertThat(enroll("finish-a", "--replace").exit()).isZero();
        Said host = engine("enroll", "b", "--db", db().toString(), "--host", "not a host");
        assertThat(host.exit()).isEqualTo(2);
        assertThat(host.err()).contains("host \"not a host\"", "nobody was enrolled");
        assertThat(engine("enroll", "b", "--db", db().toString()).exit()).isEqualTo(2);
        assertThat(engine("revoke", "b", "--db", db().toString()).err()).contains("no box named b");
        assertThat(engine("revoke", "b", "--db", directory.resolve("no.db").toString())
                        .err())
                .contains("there is no");
        assertThat(engine("boxes", "--db", db().toString()).out()).matches("finish-a  enrolled \\S+Z\\R");
    }

    @Test
    void anEngineWithBoxesSpeaksTlsAndARevokedBoxIsGoneAtOnce() throws Exception {
        EnrollCode a = EnrollCode.parse(enroll("a").out().lines().findFirst().orElseThrow());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineCommandTest.Main.class.getName(),
                        "--port",
                        "0",
                        "--db",
                        db().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            String ready = out.readLine();
            assertThat(ready).matches("READY 127\\.0\\.0\\.1:\\d+ TLS, pin " + a.pin());
            int port = Integer.parseInt(ready.replaceAll("READY [^:]*:(\\d+) .*", "$1"));
            try (SSLSocket box = connect(port, a.pin())) {
                assertThat(greet(box, a.token())).isInstanceOf(Welcome.class);
                assertThat(eventOf(out)).startsWith("box a connected");
                assertThat(engine("revoke", "a", "--db", db().toString()).out()).contains("let in no more");
                assertThat(receive(box))
                        .isInstanceOfSatisfying(
                                Refuse.class,
                                refuse -> assertThat(refuse.reason()).isEqualTo(Reason.TOKEN));
            }
            assertThat(engine("boxes", "--db", db().toString()).out()).contains("a  enrolled", "REVOKED");
            try (SSLSocket box = connect(port, a.pin())) {
                assertThat(greet(box, a.token())).isInstanceOf(Refuse.class);
            }
        } finally {
            process.destroyForcibly();
            process.waitFor(20, TimeUnit.SECONDS);
        }
        Said without = engine("--db", db().toString(), "--port", "0", "--token", "x");
        assertThat(without.err()).contains("leave out --token");
        Files.delete(directory.resolve("engine.db.p12"));
        assertThat(engine("--db", db().toString(), "--port", "0").err())
                .contains("the key that boxes know this engine by is missing");
        assertThat(enroll("b").out()).contains("THE KEY IS NEW");
    }

    /** The next line that is not one of the counts, which come every ten seconds. */
    private static String eventOf(BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null && line.startsWith("boxes=")) {
            line = out.readLine();
        }
        return String.valueOf(line);
    }

    /** Trusts whoever answers, and then looks at the key. */
    private static SSLSocket connect(int port, Pin pin) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        assertThat(Pin.of(socket.getSession().getPeerCertificates()[0].getPublicKey()))
                .isEqualTo(pin);
        return socket;
    }

    private static StreamMessage greet(SSLSocket socket, String token) throws Exception {
        byte[] bytes =
                StreamCodec.encode(new Hello(1, 1, "a", "test", List.of(), token, new UUID(1, 2), false, List.of()));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
        return receive(socket);
    }

    private static StreamMessage receive(SSLSocket socket) throws Exception {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            StreamMessage message = StreamCodec.decode(bytes);
            if (!(message instanceof StreamMessage.Ping)) {
                return message;
            }
        }
    }
}
