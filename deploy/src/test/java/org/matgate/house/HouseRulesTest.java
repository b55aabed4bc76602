package org.matgate.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** The rules of the house: who may know whom, and who may touch what. */
class HouseRulesTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.matgate");

    private static void only(String library, String... packages) {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat(resideInAPackage(library)));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(HOUSE);
    }

    @Test
    void theWholeHouseIsLookedAt() {
        assertThat(HOUSE.containPackage("org.matgate.protocol.stream")).isTrue();
        assertThat(HOUSE.contain("org.matgate.gateway.Matgate")).isTrue();
        assertThat(HOUSE.contain("org.matgate.simulator.Matsim")).isTrue();
    }

    @Test
    void gatewayAndSimulatorMeetOnlyOnTheWire() {
        check(noClasses()
                .that()
                .resideInAPackage("..gateway..")
                .should()
                .dependOnClassesThat(resideInAPackage("..simulator..")));
        check(noClasses()
                .that()
                .resideInAPackage("..simulator..")
                .should()
                .dependOnClassesThat(resideInAPackage("..gateway..")));
        check(noClasses()
                .that()
                .resideInAPackage("..protocol..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("..gateway..", "..simulator..")));
    }

    @Test
    void eachLibraryHasItsRoom() {
        only("jssc..", "..gateway.link", "..simulator.link");
        only("com.pi4j..", "..gateway.gpio");
        only(
                "java.lang.foreign..",
                "..gateway.clock",
                "..gateway.gpio",
                "..gateway.link",
                "..gateway.status",
                "..simulator.link");
        only(
                "java.sql..",
                "..gateway.journal",
                "..gateway.bench",
                "..simulator.engine",
                "..simulator.referee",
                "..simulator.bench");
        only(
                "io.netty..",
                "..protocol.channel",
                "..protocol.receiver",
                "..gateway.uplink",
                "..gateway",
                "..simulator.engine",
                "..simulator.fault");
        only(
                "com.google.protobuf..",
                "..protocol.stream..",
                "..gateway.journal",
                "..gateway.uplink",
                "..simulator.engine");
        only("org.tomlj..", "..gateway.config", "..simulator.race");
        only("picocli..", "..gateway", "..gateway.cli", "..simulator", "..simulator.cli");
    }

    @Test
    void readersOnTcpArePlainSocketsAndTheStatusAUnixOne() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("..gateway.link", "..simulator.link", "..gateway.status")
                .and()
                // Java's trust managers have sockets in their signatures; it opens none.
                .doNotHaveFullyQualifiedName("org.matgate.protocol.channel.PinTrustManager")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Server)?Socket|java\\.nio\\.channels\\.(Server)?SocketChannel"));
    }

    @Test
    void theProtocolIsPure() {
        check(noClasses()
                .that()
                .resideInAPackage("..protocol..")
                .and()
                .resideOutsideOfPackages("..protocol.channel", "..protocol.receiver")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.net..",
                                "java.util.concurrent..",
                                "org.slf4j..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(
                                        java.io.IOException.class)))
                        .and(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "not what generated and serializable classes need",
                                type -> !type.getName().startsWith("java.io.Serializable")
                                        && !type.getName().startsWith("java.io.Object")
                                        && !type.getName().equals("java.io.InputStream")))));
    }

    @Test
    void clocksAreReadInOnePlace() {
        String[] rooms = {"..gateway.clock", "..simulator"};
        check(noClasses().that().resideOutsideOfPackages(rooms).should().callMethod(System.class, "nanoTime"));
        check(noClasses().that().resideOutsideOfPackages(rooms).should().callMethod(System.class, "currentTimeMillis"));
        for (Class<?> type :
                new Class<?>[] {Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class}) {
            check(noClasses().that().resideOutsideOfPackages(rooms).should().callMethod(type, "now"));
        }
        check(noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("org.matgate.(*).(*)..").should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes()
                .that()
                .haveSimpleName("package-info")
                .and()
                .resideOutsideOfPackage("..wire")
                .should()
                .beAnnotatedWith(org.jspecify.annotations.NullMarked.class));
        HOUSE.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(found -> !found.getName().endsWith(".wire"))
                .forEach(found -> assertThat(found.tryGetPackageInfo())
                        .as("package-info of %s", found.getName())
                        .isPresent());
    }
}
