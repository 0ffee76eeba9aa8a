package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Class paths without Conscrypt or without Jetty's ALPN processor for it, each in a separate JVM. */
@Tag("container")
class IncompleteAlpnTest {
    private static final String CONSCRYPT = "conscrypt-openjdk-uber";
    private static final String PROCESSOR = "jetty-alpn-conscrypt-server";

    /** Applications get the processor from a dependency on all processors. Engine jdk does not need it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void jdk_processorThatCannotBeMade_http2AndHttp1AreServed(boolean processorComesFirst) throws Exception {
        List<String> classPath = classPathWithout(CONSCRYPT);
        if (processorComesFirst) {
            Collections.swap(classPath, 0, indexOf(PROCESSOR, classPath));
        }

        String output = serve("jdk", classPath);

        assertThat(output).contains("HTTP_2: served HTTP_2 HTTP/2.0", "HTTP_1_1: served HTTP_1_1 HTTP/1.1");
    }

    @Test
    void conscrypt_noProcessorForIt_isRefusedAtStartAndTheReasonIsLoggedOnce() throws Exception {
        ForkedTests.Result result = run("conscrypt", classPathWithout(PROCESSOR));

        assertThat(result.exitCode()).isEqualTo(1);
        String output = result.output();
        assertThat(output)
                .contains("does not resume TLS sessions from tickets", "the server closed the connection unexpectedly");
        assertThat(output).containsOnlyOnce("no ALPN processor supports the TLS engine org.conscrypt.");
    }

    private static String serve(String engine, List<String> classPath) throws Exception {
        ForkedTests.Result result = run(engine, classPath);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    private static ForkedTests.Result run(String engine, List<String> classPath) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(JavaInstallations.running().java().toString());
        command.addAll(ForkedTests.jvmArguments());
        command.addAll(List.of(AlpnClients.class.getName(), engine));
        return ForkedTests.run(command, String.join(File.pathSeparator, classPath));
    }

    private static List<String> classPathWithout(String jar) {
        List<String> entries = new ArrayList<>(List.of(ForkedTests.classPath().split(File.pathSeparator, -1)));
        entries.remove(indexOf(jar, entries));
        return entries;
    }

    private static int indexOf(String jar, List<String> classPath) {
        return IntStream.range(0, classPath.size())
                .filter(i -> classPath.get(i).contains("/" + jar + "-"))
                .findFirst()
                .orElseThrow();
    }
}
