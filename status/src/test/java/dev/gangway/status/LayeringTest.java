package dev.gangway.status;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A web application has no access to the classes of Gangway or of its container. */
@AnalyzeClasses(packages = "dev.gangway.status", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule knowsOnlyTheJdkServletsAndJson = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gangway.status",
                    "java..",
                    "javax.management..",
                    "jakarta.servlet..",
                    "com.fasterxml.jackson.jr.ob..");
}
