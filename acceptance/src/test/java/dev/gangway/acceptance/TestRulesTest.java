package dev.gangway.acceptance;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.gangway.testing.TestRules;

// The chaos test starts processes with different clocks, and suspends them.
@AnalyzeClasses(
        packages = {"dev.gangway.acceptance.distribution", "dev.gangway.acceptance.interop"},
        importOptions = ImportOption.OnlyIncludeTests.class)
class TestRulesTest {
    @ArchTest
    static final ArchTests rules = ArchTests.in(TestRules.class);
}
