package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java 17 reads server names in tickets in the character set of the platform. */
class OtherCharacterSetTest {
    @Test
    void serverName_inUtf8WherePlatformHasAscii_isServedAllTheSame() throws Exception {
        List<String> command =
                new ArrayList<>(List.of(JavaInstallations.running().java().toString(), "-Dfile.encoding=US-ASCII"));
        command.addAll(ForkedTests.jvmArguments());
        command.addAll(ForkedTests.launcher(
                "--select-method",
                UnreadableSessionsTest.class.getName() + "#serverName_inUtf8_isServed(java.lang.String)"));

        ForkedTests.Result result = ForkedTests.run(command);

        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
