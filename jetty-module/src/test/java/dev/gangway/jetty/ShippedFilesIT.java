package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The drop-in jar and the zip for Jetty distributions in {@code target}. */
class ShippedFilesIT {
    private static final Path JAR = Path.of(System.getProperty("gangway.shipped") + "-dropin.jar");
    private static final Path ZIP = Path.of(System.getProperty("gangway.shipped") + ".zip");
    private static final long LARGEST = 1_000_000;

    @Test
    void jar_classes_areAllGangways() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.matches("(META-INF/versions/\\d+/)?dev/gangway/.*"));
        }
    }

    @Test
    void jar_onAContainersClassPath_registersNothingButItsAlpnProcessorAndItsCheckOfProperties() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .filteredOn(name -> name.matches("META-INF/services/.+"))
                    .containsExactlyInAnyOrder(
                            "META-INF/services/org.eclipse.jetty.io.ssl.ALPNProcessor$Server",
                            "META-INF/services/org.eclipse.jetty.xml.ConfigurationProcessorFactory");
        }
    }

    @Test
    void jar_manifest_namesModuleAndCommandLine() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            var attributes = jar.getManifest().getMainAttributes();
            assertThat(attributes.getValue("Automatic-Module-Name")).isEqualTo("dev.gangway.jetty");
            assertThat(attributes.getValue("Main-Class")).isEqualTo("dev.gangway.internal.cli.Main");
        }
    }

    @Test
    void size_ofEither_isSmall() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(LARGEST);
        assertThat(Files.size(ZIP)).isLessThan(LARGEST);
    }

    @Test
    void zip_files_areThoseOfTheModuleAndTheDropInJar() throws IOException {
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            List<String> files = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .sorted()
                    .toList();
            assertThat(files)
                    .containsExactly(
                            "etc/gangway-properties.xml",
                            "etc/gangway.xml",
                            "lib/gangway/gangway-jetty.jar",
                            "modules/gangway-engine/jdk.mod",
                            "modules/gangway.mod");
            assertThat(zip.getInputStream(zip.getEntry("lib/gangway/gangway-jetty.jar"))
                            .readAllBytes())
                    .isEqualTo(Files.readAllBytes(JAR));
        }
    }

    @Test
    void times_ofTheBuildsEntries_areTheFixedOne() throws IOException {
        LocalDateTime fixed =
                LocalDateTime.ofInstant(Instant.parse(System.getProperty("gangway.shipped.time")), ZoneOffset.UTC);
        for (Path file : List.of(JAR, ZIP)) {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                // Classes of other projects keep the time of their release.
                assertThat(zip.stream()
                                .filter(entry -> !entry.getName().startsWith("dev/gangway/shaded/"))
                                .map(ZipEntry::getTimeLocal))
                        .as(file.toString())
                        .containsOnly(fixed);
            }
        }
    }
}
