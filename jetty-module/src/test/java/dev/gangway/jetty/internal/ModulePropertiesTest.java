package dev.gangway.jetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.xml.XmlConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Properties of ini files, the command line and {@code -D}, as Jetty passes them to {@code etc/gangway-properties.xml}. */
@Tag("container")
class ModulePropertiesTest {
    private static final Path FILES = Path.of("src/main/distribution");

    @ParameterizedTest
    @CsvSource({
        "gangway.scpoe,gangway.scope",
        "gangway.Scope,gangway.scope",
        "Gangway.scope,gangway.scope",
        "jetty.gangway.scope,gangway.scope",
        "gangway.tickets.lifetime,gangway.ticketLifetime",
        "gangway.key,gangway.keys",
        "gangway.poll,gangway.pollInterval",
    })
    void configure_misspeltProperty_isRefusedWithTheNearestAndAllThereAre(String written, String meant) {
        assertThatThrownBy(() -> configure(Map.of(written, "partners", "gangway.engine", "jdk")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("module 'gangway' has no property " + written + "=partners; did you mean '" + meant
                        + "'?. The properties are: gangway.keys, gangway.engine, gangway.ticketLifetime,"
                        + " gangway.pollInterval,"
                        + " gangway.scope, gangway.checkClientCertificates, gangway.leaveAlone");
    }

    @Test
    void configure_severalUnknown_areAllNamed() {
        assertThatThrownBy(() -> configure(Map.of("gangway.colour", "blue", "gangway.requestAttributes", "true")))
                .hasMessageStartingWith("module 'gangway' has no property gangway.colour=blue. module 'gangway' has no"
                        + " property gangway.requestAttributes=true. The properties are: ");
    }

    @Test
    void configure_propertiesOfOthers_areLeftAlone() throws Exception {
        XmlConfiguration xml = xml(Map.of(
                "gangway.scope", "partners",
                "jetty.ssl.port", "8443",
                "gateway.scope", "x",
                "org.slf4j.simpleLogger.log.dev.gangway.jetty", "debug"));
        assertThat(xml.configure()).isNull();
        assertThatCode(() -> xml.configure("anything")).doesNotThrowAnyException();
    }

    @Test
    void xmlParserThatValidates_takesTheFile() throws Exception {
        String property = "org.eclipse.jetty.xml.XmlParser.Validating";
        System.setProperty(property, "true");
        try {
            configure(Map.of("gangway.keys", "random:"));
        } finally {
            System.clearProperty(property);
        }
    }

    /** The module reads exactly the properties that its template contains and that the check knows. */
    @Test
    void known_areThoseThatTheModuleReads() throws IOException {
        assertThat(propertiesIn("etc/gangway.xml")).containsExactlyInAnyOrderElementsOf(ModuleProperties.KNOWN);
        assertThat(propertiesIn("modules/gangway.mod")).containsExactlyInAnyOrderElementsOf(ModuleProperties.KNOWN);
    }

    private static Set<String> propertiesIn(String file) throws IOException {
        Matcher names = Pattern.compile("(?m)(?<=[\" {])gangway\\.[a-z]\\w+(?=[\"=}])")
                .matcher(Files.readString(FILES.resolve(file)));
        Set<String> found = new TreeSet<>();
        while (names.find()) {
            found.add(names.group());
        }
        return found;
    }

    private static void configure(Map<String, String> properties) throws Exception {
        xml(properties).configure();
    }

    // Like XmlConfiguration.main, which start.jar calls.
    private static XmlConfiguration xml(Map<String, String> properties) throws Exception {
        Path file = FILES.resolve("etc/gangway-properties.xml");
        XmlConfiguration xml = new XmlConfiguration(ResourceFactory.root().newResource(file.toUri()));
        xml.getProperties().putAll(properties);
        return xml;
    }
}
