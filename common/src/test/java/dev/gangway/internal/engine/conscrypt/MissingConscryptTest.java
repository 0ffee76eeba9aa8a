package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.KeySourceException;
import dev.gangway.TicketSettings;
import dev.gangway.internal.context.TicketService;
import dev.gangway.testing.ForkedTests;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MissingConscryptTest {
    @Test
    void start_conscryptNotOnTheClassPath_isRefusedWithTheMend() throws Exception {
        String withoutConscrypt = Arrays.stream(ForkedTests.classPath().split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("conscrypt-openjdk-uber"))
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        ForkedTests.Result result =
                ForkedTests.run(List.of(java, MissingConscryptTest.class.getName()), withoutConscrypt);

        assertThat(result.output())
                .contains("engine 'conscrypt' needs conscrypt-openjdk-uber.jar beside Gangway on the class path");
    }

    /** The main method of the other JVM. */
    public static void main(String[] args) throws KeySourceException {
        try (TicketService service = TicketService.start(TicketSettings.DEFAULT.withEngine("conscrypt"))) {
            System.out.println("started with " + service.manager().status().source());
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
