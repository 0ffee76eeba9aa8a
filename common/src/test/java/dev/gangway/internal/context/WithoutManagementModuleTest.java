package dev.gangway.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.TicketSettings;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Java runtime without the JMX module. */
class WithoutManagementModuleTest {
    @Test
    void show_noJmxInThisJava_warnsAndGoesOn() throws Exception {
        List<String> command =
                new ArrayList<>(List.of(JavaInstallations.running().java().toString()));
        command.addAll(ForkedTests.jvmArguments());
        command.addAll(List.of("--limit-modules=java.base,jdk.unsupported", Server.class.getName()));

        ForkedTests.Result result = ForkedTests.run(command);

        assertThat(result.output())
                .contains("The MBean for the ticket keys of nameless cannot be registered", "and serves: SHARING");
        assertThat(result.exitCode()).isZero();
    }

    /** Starts and stops a service like a container extension. */
    static final class Server {
        private Server() {}

        public static void main(String[] args) throws Exception {
            try (TicketService service = TicketService.start(TicketSettings.DEFAULT)) {
                service.show("nameless", "jdk");
                System.out.println("and serves: " + service.manager().status().state());
            }
        }
    }
}
