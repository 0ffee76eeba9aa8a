package dev.gangway.examples.springboot;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.gangway.testing.TestRules;

@AnalyzeClasses(packages = "dev.gangway.examples.springboot", importOptions = ImportOption.OnlyIncludeTests.class)
class TestRulesTest {
    @ArchTest
    static final ArchTests rules = ArchTests.in(TestRules.class);
}
