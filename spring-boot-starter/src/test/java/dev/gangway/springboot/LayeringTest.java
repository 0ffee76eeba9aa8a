package dev.gangway.springboot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The starter connects Spring Boot with the public API of the containers' modules; it has no public type of its own. */
@AnalyzeClasses(packages = "dev.gangway.springboot", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule usesTheContainersModulesByTheirPublicApi = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.gangway.jetty.internal..",
                    "dev.gangway.tomcat.internal..",
                    "dev.gangway.internal.engine..",
                    "dev.gangway.internal.context..",
                    "dev.gangway.internal.source..");

    @ArchTest
    static final ArchRule hasNoPublicType = classes().should().notBePublic();

    @ArchTest
    static final ArchRule onlyTheirOwnClassesKnowAContainer = noClasses()
            .that()
            .haveSimpleNameNotContaining("Tomcat")
            .and()
            .haveSimpleNameNotContaining("Jetty")
            .and()
            .doNotHaveSimpleName("BundleReload")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.catalina..", "org.eclipse.jetty..", "dev.gangway.jetty..", "dev.gangway.tomcat..");
}
