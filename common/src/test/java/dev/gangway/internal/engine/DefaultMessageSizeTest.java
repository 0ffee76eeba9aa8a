package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The build's tests run with a larger limit for SunJSSE's handshake messages than servers and clients have by default. */
class DefaultMessageSizeTest {
    @Test
    void largeTickets_defaultLimit_areNotIssuedUnlessTheyWouldBeAccepted() throws Exception {
        List<String> command =
                new ArrayList<>(List.of(JavaInstallations.running().java().toString()));
        ForkedTests.jvmArguments().stream()
                .filter(flag -> !flag.startsWith("-Djdk.tls.maxHandshakeMessageSize"))
                .forEach(command::add);
        command.addAll(ForkedTests.launcher("--select-class", LargeTicketsTest.class.getName()));
        ForkedTests.Result result = ForkedTests.run(command);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
