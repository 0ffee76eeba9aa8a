package dev.gangway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.gangway", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule layers = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("keys")
            .definedBy("dev.gangway.keys")
            .layer("keyfile")
            .definedBy("dev.gangway.keyfile")
            .layer("source")
            .definedBy("dev.gangway.source")
            .layer("engine")
            .definedBy("dev.gangway.engine")
            .layer("engines")
            .definedBy("dev.gangway.engine.*")
            .layer("wire")
            .definedBy("dev.gangway.wire")
            .layer("proof")
            .definedBy("dev.gangway.proof")
            .layer("manager")
            .definedBy("dev.gangway.manager")
            .layer("outcome")
            .definedBy("dev.gangway.outcome")
            .layer("cli")
            .definedBy("dev.gangway.cli")
            .layer("jmx")
            .definedBy("dev.gangway.jmx")
            .layer("micrometer")
            .definedBy("dev.gangway.micrometer")
            .layer("selftest")
            .definedBy("dev.gangway.selftest")
            .layer("context")
            .definedBy("dev.gangway.context")
            .whereLayer("keys")
            .mayNotAccessAnyLayer()
            .whereLayer("wire")
            .mayNotAccessAnyLayer()
            .whereLayer("keyfile")
            .mayOnlyAccessLayers("keys")
            .whereLayer("source")
            .mayOnlyAccessLayers("keyfile", "keys")
            .whereLayer("engine")
            .mayOnlyAccessLayers("keys", "wire")
            .whereLayer("engines")
            .mayOnlyAccessLayers("engine", "keys", "proof", "wire")
            .whereLayer("proof")
            .mayOnlyAccessLayers("engine", "wire")
            .whereLayer("manager")
            .mayOnlyAccessLayers("engine", "keyfile", "keys", "source")
            .whereLayer("cli")
            .mayOnlyAccessLayers("keyfile", "keys", "manager", "source")
            .whereLayer("outcome")
            .mayOnlyAccessLayers("engine", "keys", "manager", "wire")
            .whereLayer("selftest")
            .mayOnlyAccessLayers("engine", "manager", "outcome", "proof", "wire")
            .whereLayer("jmx")
            .mayOnlyAccessLayers("keys", "manager", "outcome", "selftest")
            .whereLayer("micrometer")
            .mayOnlyAccessLayers("keys", "manager", "outcome")
            .whereLayer("micrometer")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("context")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule noCycles =
            SlicesRuleDefinition.slices().matching("dev.gangway.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule commonKnowsNoContainer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.eclipse.jetty..", "org.apache.catalina..", "org.apache.tomcat..", "org.apache.coyote..");

    @ArchTest
    static final ArchRule onlyItsOwnPackageNeedsMicrometer = noClasses()
            .that()
            .resideOutsideOfPackage("dev.gangway.micrometer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..");

    @ArchTest
    static final ArchRule onlyTheClockworkAndTheFacadeReadTheSystemClock = noClasses()
            .that()
            .doNotHaveSimpleName("Gangway")
            .and()
            .doNotHaveSimpleName("ConscryptTicketEngine")
            .and()
            .doNotHaveFullyQualifiedName("dev.gangway.cli.Main")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.InstantSource.class, "system");
}
