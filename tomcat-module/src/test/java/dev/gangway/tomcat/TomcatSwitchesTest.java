package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import java.nio.file.Path;
import org.apache.tomcat.util.IntrospectionUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boolean attributes of the listener, set by Tomcat from {@code server.xml}. */
@Tag("container")
class TomcatSwitchesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"requestAttributes", "checkClientCertificates"})
    void start_switchThatIsNeitherTrueNorFalse_isRefusedByName(String attribute) {
        Path keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        assertThat(IntrospectionUtils.setProperty(listener, attribute, "yes-please"))
                .isTrue();
        TomcatNode node = new TomcatNode(folder).withHost("_default_", keyStore).with(listener);

        assertThatThrownBy(node::start)
                .rootCause()
                .hasMessage(attribute + " 'yes-please' is neither 'true' nor 'false'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setter_text_isWhatItSays(boolean on) {
        GangwayListener listener = new GangwayListener();
        IntrospectionUtils.setProperty(listener, "requestAttributes", String.valueOf(on));
        IntrospectionUtils.setProperty(listener, "checkClientCertificates", String.valueOf(on));

        assertThat(listener.getRequestAttributes()).isEqualTo(on);
        assertThat(listener.getCheckClientCertificates()).isEqualTo(on);
    }
}
