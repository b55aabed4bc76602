package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The packages of this build in a box's {@code /root}, and what is made of them there. */
record PackagedBox(DebianBox box) {
    static PackagedBox in(DebianBox box) throws IOException {
        for (String name : List.of("matgate", "matsim")) {
            Files.copy(built(name), box.file("/root/" + name + ".deb"));
        }
        return new PackagedBox(box);
    }

    private static Path built(String name) throws IOException {
        try (Stream<Path> files = Files.list(Command.ROOT.resolve("deploy/target"))) {
            List<Path> built = files.filter(
                            file -> file.getFileName().toString().matches(name + "_.*_all\\.deb"))
                    .toList();
            assertThat(built).as("of one build").hasSize(1);
            return built.getFirst();
        }
    }

    /** To what {@link #next} has made, with its start cache; under an emulator that takes minutes, and once is enough. */
    void upgrade() throws Exception {
        String cache = "MATGATE_START_CACHE=" + (DebianBox.EMULATED ? "no" : "yes");
        box.run("env", cache, "dpkg", "-i", "/root/next.deb");
    }

    /** Without the start cache, which takes a quarter of a minute each time. */
    void installQuickly() throws Exception {
        box.run("env", "MATGATE_START_CACHE=no", "dpkg", "-i", "/root/matgate.deb");
        assertThat(box.file("/usr/lib/matgate/start.aot")).doesNotExist();
    }

    /**
     * Makes {@code /root/next.deb}: the same with a higher version and a gateway of another name, as each upgrade brings.
     *
     * @return the version
     */
    String next() throws Exception {
        String version = box.run("dpkg-query", "-W", "-f", "${Version}", "matgate") + "+1";
        box.run("dpkg-deb", "-R", "/root/matgate.deb", "/root/next");
        Path control = box.file("/root/next/DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceAll("(?m)^Version: .*", "Version: " + version));
        try (Stream<Path> jars = Files.list(box.file("/root/next/usr/lib/matgate"))) {
            Path jar = jars.filter(file -> file.getFileName().toString().startsWith("matgate-gateway-"))
                    .findFirst()
                    .orElseThrow();
            Files.move(jar, jar.resolveSibling("matgate-gateway-next.jar"), StandardCopyOption.ATOMIC_MOVE);
        }
        box.run("rm", "/root/next/DEBIAN/md5sums");
        box.run("dpkg-deb", "-Znone", "-b", "/root/next", "/root/next.deb");
        return version;
    }

    /** What a laptop has put on the boot partition; first with a mistake, which leaves the box as it was. */
    void takenInAtBoot(String config, String code) throws Exception {
        Path partition = Files.createDirectories(box.file("/boot/firmware"));
        Path wrong = Files.writeString(partition.resolve("Matgate.toml.txt"), config.replace("antennas", "antenas"));
        box.run(1, "systemctl", "start", "matgate-firstboot");
        assertThat(Files.readString(partition.resolve("matgate-answer.txt")))
                .contains("antenas: is not known; did you mean antennas?");
        assertThat(box.file("/etc/matgate/matgate.toml")).doesNotExist();

        Files.delete(wrong);
        Files.writeString(partition.resolve("matgate.toml"), config);
        Files.writeString(partition.resolve("matgate-code.txt"), code + "\r\n");
        box.run("systemctl", "start", "matgate-firstboot");
        assertThat(Files.readString(partition.resolve("matgate-answer.txt")))
                .contains("Box finish-a, 1 reader (finish-main), 1 engine (central).", "Engine central at 127.0.0.1:");
        assertThat(partition.resolve("matgate-code.txt")).doesNotExist();
        assertThat(box.run("stat", "-c", "%U %a", "/etc/matgate/matgate.toml")).isEqualTo("matgate 600");
    }

    /** Root's copy from another box is refused with what to do, and the service waits for that. */
    void mayReadItsConfiguration() throws Exception {
        box.run("chown", "root:root", "/etc/matgate/matgate.toml");
        box.run(1, "systemctl", "start", "matgate");
        assertThat(box.property("matgate", "ExecMainStatus")).isEqualTo("2");
        assertThat(journal())
                .contains("user matgate may not read it; it belongs to root, mode rw-------")
                .contains("sudo chown matgate /etc/matgate/matgate.toml");
        box.run("chown", "matgate:matgate", "/etc/matgate/matgate.toml");
    }

    String journal() throws Exception {
        return box.run("journalctl", "--no-pager", "-u", "matgate");
    }
}
