package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packages from their installation on a bare Debian 13 to their purge, with a race in between. */
@Timeout(value = 50, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackageIT {
    private static final Duration PATIENCE = DebianBox.patience(Duration.ofSeconds(90));
    private static final Path DEPLOY = Command.ROOT.resolve("deploy");
    private static final Path ROOT_OF_PACKAGE = DEPLOY.resolve("package/root");

    @TempDir
    static Path directory;

    private DebianBox box;
    private PackagedBox packages;

    @BeforeAll
    void boot() throws Exception {
        box = DebianBox.boot(Files.createDirectory(directory.resolve("box")));
        packages = PackagedBox.in(box);
    }

    @AfterAll
    void end() {
        if (box != null) {
            box.close();
        }
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    @Order(1)
    void installs() throws Exception {
        if (!DebianBox.EMULATED) { // There it takes minutes.
            assertThat(box.file("/usr/lib/jvm"))
                    .as("what it needs it is to bring")
                    .doesNotExist();
            box.run("apt-get", "-q", "update");
        }
        String said = box.run("apt-get", "-qy", "--no-install-recommends", "install", "/root/matgate.deb");
        assertThat(said).contains("what is left to do", "sudo matgate probe").doesNotContain("without a cache");
        assertThat(box.run("matgate", "--version")).startsWith("matgate ");
        assertThat(box.run("id", "-nG", "matgate").split(" ")).contains("matgate", "dialout", "gpio");
        assertThat(box.run("stat", "-c", "%U:%G %a", "/var/lib/matgate")).isEqualTo("matgate:matgate 750");
        assertThat(box.run("systemctl", "is-enabled", "matgate", "matgate-firstboot"))
                .isEqualTo("enabled\nenabled");
        // Without a configuration it is not started, and that is no failure.
        assertThat(box.property("matgate", "ActiveState")).isEqualTo("inactive");
        assertThat(box.property("matgate", "Result")).isEqualTo("success");

        box.run("apt-get", "-qy", "--no-install-recommends", "install", "/root/matsim.deb");
        assertThat(box.run("matsim", "mat", "ipico", "--tcp", "0", "--rate", "50", "--duration", "1"))
                .contains("offered=");
    }

    @Test
    @Order(2)
    void whatItBringsIsSound() throws Exception {
        for (Path file : filesBelow(ROOT_OF_PACKAGE)) {
            String path = "/" + ROOT_OF_PACKAGE.relativize(file);
            assertThat(Files.readAllBytes(box.file(path))).as(path).isEqualTo(Files.readAllBytes(file));
        }
        assertThat(box.run("systemd-analyze", "verify", "matgate.service", "matgate-firstboot.service"))
                .isEmpty();
        if (!DebianBox.EMULATED) { // There much of it is switched off.
            assertThat(exposure("matgate.service")).isLessThan(2.5);
        }
        assertThat(box.run("udevadm", "verify", "/usr/lib/udev/rules.d/70-matgate.rules"))
                .contains("Success: 1")
                .contains("Fail:    0");
        assertThat(box.run("systemd-analyze", "cat-config", "systemd/system.conf"))
                .contains("RuntimeWatchdogSec=60s");
        assertThat(box.run("systemd-analyze", "cat-config", "systemd/journald.conf"))
                .contains("Storage=volatile");
        for (Path file : filesBelow(ROOT_OF_PACKAGE.resolve("usr/share/matgate/chrony"))) {
            String path = "/" + ROOT_OF_PACKAGE.relativize(file);
            assertThat(box.run("chronyd", "-p", "-f", path))
                    .as(path)
                    .contains("maxslewrate 500", "makestep 0.1 3", "maxclockerror 5");
        }
        box.run(1, "chronyd", "-p", "-f", "/usr/share/matgate/example.toml");
        // By its usual name a command that is given there would go by it.
        assertThat(box.file("/usr/share/matgate/matgate.toml")).doesNotExist();
        for (String page : List.of("RUNBOOK.md", "README.md", "../gateway/README.md")) {
            String name = page.startsWith(".") ? "gateway.md" : page;
            assertThat(box.file("/usr/share/matgate/" + name)).hasSameTextualContentAs(DEPLOY.resolve(page));
        }
    }

    private double exposure(String unit) throws Exception {
        String said = box.run("systemd-analyze", "security", "--no-pager", unit);
        String last = said.lines().reduce((first, second) -> second).orElseThrow();
        return Double.parseDouble(last.replaceAll(".*: ([0-9.]+) .*", "$1"));
    }

    /** As the page has it for a field without internet. What the service makes of it only a clock that is steered tells. */
    @Test
    @Order(3)
    void oneBoxServesTheTimeAndAnotherFollows() throws Exception {
        try (FieldTime time = FieldTime.follow(box)) {
            String tracking = box.run("runuser", "-u", "matgate", "--", "chronyc", "-n", "-c", "tracking");
            assertThat(tracking).as("%s", time).matches("7F000001,127\\.0\\.0\\.1,5,.*,Normal");
        }
    }

    /** What can run on no box does not travel. */
    @Test
    @Order(4)
    void onlyWhatRunsThereTravels() throws Exception {
        for (String folder : List.of("/usr/lib/matgate", "/usr/lib/matsim")) {
            for (Path jar : filesBelow(box.file(folder)).stream()
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList()) {
                try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(jar.toFile())) {
                    List<String> natives = zip.stream()
                            .map(java.util.zip.ZipEntry::getName)
                            .filter(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"))
                            .toList();
                    assertThat(natives)
                            .as(jar.getFileName().toString())
                            .allMatch(name ->
                                    name.matches(".*(Linux/aarch64|Linux/x86_64|linux_arm64|linux_64|lib/aarch64)/.*"));
                    if (jar.getFileName().toString().matches("(sqlite-jdbc|jssc)-.*")) {
                        assertThat(natives).hasSize(2);
                    }
                }
            }
            if (Boolean.getBoolean("offline")) {
                continue; // What lists the libraries asks their repository for licences.
            }
            String name = Path.of(folder).getFileName().toString();
            String sbom = Files.readString(box.file("/usr/share/" + name + "/sbom.cdx.json"));
            assertThat(sbom)
                    .contains("\"CycloneDX\"", "sqlite-jdbc", "netty-handler")
                    .doesNotContain("archunit");
        }
    }

    @Test
    @Order(5)
    void aRaceWithAnUpgradeInTheMiddleLosesNothing() throws Exception {
        EngineReads reads = new EngineReads(directory.resolve("engine.db"));
        try (Command mat = Command.matsim("mat", "llrp", "--tcp", 0, "--rate", 100)) {
            String matAddress = mat.awaitLine("READY ", PATIENCE);
            matAddress = matAddress.substring(matAddress.lastIndexOf(' ') + 1);
            try (Command engine = enrolled(reads.database(), matAddress)) {
                packages.mayReadItsConfiguration();
                box.run("systemctl", "start", "matgate");
                String first = box.property("matgate", "MainPID");
                reads.await(300, PATIENCE);
                looksAsItShould(first);

                String next = packages.next();
                packages.upgrade();
                assertThat(box.run("dpkg-query", "-W", "-f", "${Version}", "matgate"))
                        .isEqualTo(next);
                assertThat(box.property("matgate", "MainPID")).isNotIn(first, "0");
                reads.await(reads.count() + 300, PATIENCE);
                // And back.
                packages.installQuickly();
                reads.await(reads.count() + 300, PATIENCE);

                mat.terminate();
                assertThat(mat.awaitExit(PATIENCE)).as(mat.text()).isZero();
                int offered = Integer.parseInt(mat.lastLine().replaceAll(".*offered=(\\d+).*", "$1"));
                reads.await(offered, PATIENCE);
                assertThat(reads.count()).isEqualTo(offered);
                engine.terminate();
                assertThat(engine.awaitExit(PATIENCE)).as(engine.text()).isZero();
            }
        }
    }

    /** Enrolls the box at an engine, which runs from then on. */
    private Command enrolled(Path database, String mat) throws Exception {
        String address;
        try (Command probe = Command.matsim("engine", "--port", 0, "--db", directory.resolve("none.db"))) {
            address = probe.awaitLine("READY ", PATIENCE);
        }
        String port = address.substring(address.lastIndexOf(':') + 1);
        String code;
        try (Command enroll = Command.matsim(
                "engine", "enroll", "finish-a", "--db", database, "--host", "127.0.0.1", "--port", port, "--no-qr")) {
            code = "mg1/" + enroll.awaitLine("mg1/", PATIENCE);
        }
        packages.takenInAtBoot(
                Files.readString(box.file("/usr/share/matgate/example.toml"))
                        .replace("192.168.1.50", mat)
                        .replace("[1, 2, 3, 4]", "[1]"),
                code);
        return Command.matsim("engine", "--port", port, "--db", database);
    }

    /** Its user, the sandbox, the start cache; and that all its jars are open, as an upgrade takes them away. */
    private void looksAsItShould(String pid) throws Exception {
        assertThat(box.property("matgate", "ActiveState"))
                .as(packages.journal())
                .isEqualTo("active");
        assertThat(box.run("stat", "-c", "%U", "/proc/" + pid)).isEqualTo("matgate");
        assertThat(Files.readString(box.file("/proc/" + pid + "/status")))
                .contains("NoNewPrivs:\t1", "CapBnd:\t0000000000000000")
                .contains(DebianBox.EMULATED ? "Seccomp:\t" : "Seccomp:\t2");
        assertThat(Files.readString(box.file("/proc/" + pid + "/maps"))).contains("/usr/lib/matgate/start.aot");
        String open = box.run("ls", "-l", "/proc/" + pid + "/fd");
        for (Path jar : filesBelow(box.file("/usr/lib/matgate"))) {
            if (jar.toString().endsWith(".jar")) {
                assertThat(open).contains(jar.getFileName().toString());
            }
        }
        // 0 or 3: whether somebody vouches for the time depends on the machine on which this runs.
        assertThat(box.run("sh", "-c", "matgate status --json || [ $? = 3 ]")).contains("\"finish-main\"");
        assertThat(box.property("matgate", "StatusText")).isNotBlank();
    }

    @Test
    @Order(6)
    void whatIsKilledOrHangsIsStartedAgain() throws Exception {
        String first = box.property("matgate", "MainPID");
        box.run("systemctl", "kill", "--signal", "KILL", "matgate");
        String second = awaitAnother(first);
        // Shown to a manager that waits no half minute for life.
        Path quick = Files.createDirectories(box.file("/run/systemd/system/matgate.service.d"));
        Files.writeString(
                quick.resolve("quick.conf"),
                "[Service]\nWatchdogSec="
                        + DebianBox.patience(Duration.ofSeconds(2)).toSeconds() + "\n");
        box.run("systemctl", "daemon-reload");
        box.run("systemctl", "restart", "matgate");
        String third = awaitAnother(second);
        box.run("systemctl", "kill", "--signal", "STOP", "matgate");
        awaitAnother(third);
        assertThat(packages.journal()).contains("Watchdog timeout");
        Files.delete(quick.resolve("quick.conf"));
        box.run("rmdir", "/run/systemd/system/matgate.service.d");
        box.run("systemctl", "daemon-reload");
    }

    private String awaitAnother(String than) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String pid = box.property("matgate", "MainPID");
            if (!pid.equals(than)
                    && !pid.equals("0")
                    && box.property("matgate", "ActiveState").equals("active")) {
                return pid;
            }
            assertThat(System.nanoTime()).as(packages.journal()).isLessThan(deadline);
            Thread.sleep(200);
        }
    }

    @Test
    @Order(7)
    void theJournalStaysUnlessItsDeletionIsAskedForByName() throws Exception {
        box.run("apt-get", "-qy", "remove", "matgate");
        assertThat(box.property("matgate", "ActiveState")).isNotEqualTo("active");
        assertThat(box.file("/etc/matgate/matgate.toml")).exists();
        assertThat(box.file("/var/lib/matgate/journal.db")).exists();
        assertThat(box.file("/usr/lib/matgate")).doesNotExist();
        packages.installQuickly();
        assertThat(box.property("matgate", "ActiveState")).isEqualTo("active");

        assertThat(box.run("apt-get", "-qy", "purge", "matgate"))
                .contains("the journals are kept: ", "/var/lib/matgate");
        assertThat(box.file("/var/lib/matgate/journal.db")).exists();
        assertThat(box.file("/etc/matgate")).doesNotExist();

        packages.installQuickly();
        assertThat(box.run("matgate", "journal", "list")).contains("finish-a");
        box.run("env", "MATGATE_PURGE_JOURNALS=yes", "apt-get", "-qy", "purge", "matgate", "matsim");
        assertThat(box.run(
                        "find",
                        "/etc",
                        "/usr",
                        "/var",
                        "/run",
                        "-xdev",
                        "-name",
                        "*mat[gs]*",
                        "-not",
                        "-path",
                        "/var/log/*"))
                .isEmpty();
        box.run(2, "getent", "passwd", "matgate");
    }
}
