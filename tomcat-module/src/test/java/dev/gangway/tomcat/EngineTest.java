package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.testing.Certificates;
import java.nio.file.Path;
import javax.net.ssl.SSLEngine;
import org.apache.tomcat.jni.AprStatus;
import org.apache.tomcat.util.net.openssl.OpenSSLStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The choice of the engine of a connector, and refused choices. */
@Tag("container")
class EngineTest {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");

    @TempDir
    Path folder;

    @AfterEach
    void forgetTomcatNative() {
        AprStatus.setAprAvailable(false);
        OpenSSLStatus.setUseOpenSSL(true);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_21)
    void openssl_olderJava_isRefusedWithTheMend() {
        assertThatThrownBy(() -> node("openssl").start())
                .rootCause()
                .hasMessageContaining("engine 'openssl' needs Java 22 or later, and this is Java "
                        + Runtime.version().feature())
                .hasMessageContaining("engine 'jdk'");
    }

    @Test
    void auto_withoutOpenSsl_isTheJdk() throws Exception {
        OpenSSLStatus.setUseOpenSSL(false);
        try (TomcatNode node = node("auto").start()) {
            assertThat(engineClassOf(node)).startsWith("sun.security.ssl");
        }
    }

    @Test
    void auto_tomcatNative_isRefusedWithTheReason() {
        AprStatus.setAprAvailable(true);
        AprStatus.setUseOpenSSL(true);
        OpenSSLStatus.setUseOpenSSL(false);

        assertThatThrownBy(() -> node("auto").start())
                .rootCause()
                .hasMessageContaining("tomcat-native cannot have shared ticket keys")
                .hasMessageContaining("OpenSSLLifecycleListener instead of AprLifecycleListener");
    }

    @Test
    void engine_unknown_isRefusedByName() {
        assertThatThrownBy(() -> node("bouncy").start())
                .rootCause()
                .hasMessage("engine 'bouncy' is unknown; the engines are: jdk, conscrypt, openssl, auto");
    }

    static String engineClassOf(TomcatNode node) {
        SSLEngine engine = node.host("_default_")
                .getCertificates()
                .iterator()
                .next()
                .getSslContext()
                .createSSLEngine();
        return ((ObservedSslEngine) engine).own().getClass().getName();
    }

    private TomcatNode node(String engine) {
        Path store = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        listener.setEngine(engine);
        return new TomcatNode(folder).withHost("_default_", store).with(listener);
    }
}
