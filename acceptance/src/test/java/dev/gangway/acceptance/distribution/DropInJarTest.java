package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drop-in jar contains only its own classes, and nothing that could affect others. */
class DropInJarTest {
    // Jetty looks for ALPN processors in this way, and for what reads XML of other kinds than its own.
    private static final List<String> JETTYS_SERVICES = List.of(
            "META-INF/services/org.eclipse.jetty.io.ssl.ALPNProcessor$Server",
            "META-INF/services/org.eclipse.jetty.xml.ConfigurationProcessorFactory");

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "tomcat"})
    void dropInJar_bringsOnlyItself(String container) throws Exception {
        Path file = ContainerArchive.dropInJar(container);
        try (JarFile jar = new JarFile(file.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains("META-INF/MANIFEST.MF")
                    .allMatch(name ->
                            !name.endsWith(".class") || name.matches("(META-INF/versions/\\d+/)?dev/gangway/.*"))
                    .noneMatch(name -> name.startsWith("dev/gangway/status/"))
                    .filteredOn(name -> name.matches("META-INF/services/.+"))
                    .containsExactlyInAnyOrderElementsOf(container.equals("jetty") ? JETTYS_SERVICES : List.of());
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("dev.gangway." + container);
        }
        assertThat(Files.size(file)).isLessThan(1_000_000);
    }
}
