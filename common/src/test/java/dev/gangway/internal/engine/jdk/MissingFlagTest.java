package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.engine.InstallationException;
import dev.gangway.testing.ForkedTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingFlagTest {
    @Test
    void install_jvmWithoutAddOpens_namesTheFlagAndItsPlaceInEachContainer() throws Exception {
        String output = run(List.of());

        assertThat(output)
                .contains("--add-opens=java.base/sun.security.ssl=ALL-UNNAMED")
                .contains("$JETTY_BASE/modules/gangway-engine/jdk.mod")
                .contains("$CATALINA_BASE/bin/setenv.sh")
                .contains("Add-Opens: java.base/sun.security.ssl");
    }

    @Test
    void install_jvmWithTheFlagFromTheMessage_works() throws Exception {
        String flag = "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED";

        assertThat(run(List.of())).contains(flag);
        assertThat(run(List.of(flag))).isEqualToIgnoringNewLines("opened");
    }

    private static String run(List<String> flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add(MissingFlagTest.class.getName());
        return ForkedTests.run(command).output();
    }

    /** The main method of the other JVM. */
    public static void main(String[] args) {
        try {
            SunJsseInternals.open();
            System.out.println("opened");
        } catch (InstallationException e) {
            System.out.println(e.getMessage());
        }
    }
}
