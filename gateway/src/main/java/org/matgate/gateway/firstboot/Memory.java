package org.matgate.gateway.firstboot;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Properties;
import org.matgate.protocol.channel.SecretFile;

/**
 * What was taken last, and what was answered, by digest: {@code first-boot} in the data directory. What is there already is
 * not taken again, whatever became of the configuration since. Not thread-safe.
 */
final class Memory {
    static final String FILE = "first-boot";
    private static final int MOST_BYTES = 4096;

    private final Path file;
    private final UserPrincipal owner;
    private final Properties digests = new Properties();

    private Memory(Path file, UserPrincipal owner) {
        this.file = file;
        this.owner = owner;
    }

    /** One that cannot be read has forgotten: then things are taken once more. */
    static Memory in(Path data, UserPrincipal owner) {
        Memory memory = new Memory(data.resolve(FILE), owner);
        try {
            if (Files.size(memory.file) <= MOST_BYTES) {
                memory.digests.load(new StringReader(Files.readString(memory.file)));
            }
        } catch (IOException | IllegalArgumentException e) {
            memory.digests.clear();
        }
        return memory;
    }

    boolean knows(String what, String digest) {
        return digest.equals(digests.getProperty(what));
    }

    /** Keeps it for good. */
    void keep(String what, String digest) throws IOException {
        if (knows(what, digest)) {
            return;
        }
        digests.setProperty(what, digest);
        write();
    }

    /** What comes next is new, also if it is what was taken last. */
    void forget(String what) throws IOException {
        if (digests.remove(what) != null) {
            write();
        }
    }

    private void write() throws IOException {
        StringBuilder lines = new StringBuilder();
        digests.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> lines.append(name)
                        .append('=')
                        .append(digests.getProperty(name))
                        .append('\n'));
        // The directory is the service's, which may have put a link there that leads elsewhere.
        if (Files.isSymbolicLink(file)) {
            Files.delete(file);
        }
        byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
        SecretFile.replace(file, bytes, Optional.of(owner), written -> {});
    }
}
