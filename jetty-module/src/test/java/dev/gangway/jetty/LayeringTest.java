package dev.gangway.jetty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The Jetty extension uses the ticket-only context; it does not depend on engines. */
@AnalyzeClasses(packages = "dev.gangway.jetty", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule knowsNoEngineInternalsAndNoOtherContainer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gangway.internal.engine.*..",
                    "dev.gangway.internal.proof..",
                    "dev.gangway.internal.wire..",
                    "dev.gangway.internal.source..",
                    "org.apache..");
}
