package dev.gangway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The packages that each package may use. */
@AnalyzeClasses(packages = "dev.gangway", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule layers = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("keys")
            .definedBy("dev.gangway.internal.keys")
            .layer("keyfile")
            .definedBy("dev.gangway.internal.keyfile")
            .layer("store")
            .definedBy("dev.gangway.internal.store")
            .layer("stores")
            .definedBy("dev.gangway.internal.store.*")
            .layer("source")
            .definedBy("dev.gangway.internal.source")
            .layer("engine")
            .definedBy("dev.gangway.internal.engine")
            .layer("engines")
            .definedBy("dev.gangway.internal.engine.*")
            .layer("wire")
            .definedBy("dev.gangway.internal.wire")
            .layer("json")
            .definedBy("dev.gangway.internal.json")
            .layer("proof")
            .definedBy("dev.gangway.internal.proof")
            .layer("handshake")
            .definedBy("dev.gangway.internal.handshake")
            .layer("manager")
            .definedBy("dev.gangway.internal.manager")
            .layer("outcome")
            .definedBy("dev.gangway.internal.outcome")
            .layer("probe")
            .definedBy("dev.gangway.internal.probe")
            .layer("cli")
            .definedBy("dev.gangway.internal.cli")
            .layer("jmx")
            .definedBy("dev.gangway.internal.jmx")
            .layer("micrometer")
            .definedBy("dev.gangway.micrometer")
            .layer("selftest")
            .definedBy("dev.gangway.internal.selftest")
            .layer("context")
            .definedBy("dev.gangway.internal.context")
            .whereLayer("keys")
            .mayNotAccessAnyLayer()
            .whereLayer("wire")
            .mayNotAccessAnyLayer()
            .whereLayer("json")
            .mayNotAccessAnyLayer()
            .whereLayer("keyfile")
            .mayOnlyAccessLayers("keys")
            .whereLayer("stores")
            .mayOnlyAccessLayers("json")
            .whereLayer("store")
            .mayOnlyAccessLayers("keyfile", "keys", "stores")
            .whereLayer("source")
            .mayOnlyAccessLayers("keyfile", "keys", "store")
            .whereLayer("engine")
            .mayOnlyAccessLayers("keys", "wire")
            .whereLayer("engines")
            .mayOnlyAccessLayers("engine", "handshake", "keys", "wire")
            .whereLayer("handshake")
            .mayOnlyAccessLayers("engine", "wire")
            .whereLayer("proof")
            .mayOnlyAccessLayers("engine", "handshake", "wire")
            .whereLayer("manager")
            .mayOnlyAccessLayers("engine", "keyfile", "keys", "source", "store")
            .whereLayer("cli")
            .mayOnlyAccessLayers("keyfile", "keys", "manager", "probe", "source", "store")
            .whereLayer("probe")
            .mayOnlyAccessLayers("handshake", "json", "keys", "wire")
            .whereLayer("outcome")
            .mayOnlyAccessLayers("engine", "keys", "manager", "wire")
            .whereLayer("selftest")
            .mayOnlyAccessLayers("engine", "handshake", "keys", "manager", "outcome", "wire")
            .whereLayer("jmx")
            .mayOnlyAccessLayers("keys", "manager", "outcome", "selftest", "store")
            .whereLayer("micrometer")
            .mayOnlyAccessLayers("jmx", "keys", "manager", "outcome", "store")
            .whereLayer("micrometer")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("context")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule noCycles = SlicesRuleDefinition.slices()
            .matching("dev.gangway.internal.(**)")
            .should()
            .beFreeOfCycles();

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
    static final ArchRule onlyTheServiceAndTheCommandLineReadTheSystemClock = noClasses()
            .that()
            .doNotHaveSimpleName("TicketService")
            .and()
            .doNotHaveSimpleName("ConscryptTicketEngine")
            .and()
            .doNotHaveFullyQualifiedName("dev.gangway.internal.cli.Main")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.InstantSource.class, "system");
}
