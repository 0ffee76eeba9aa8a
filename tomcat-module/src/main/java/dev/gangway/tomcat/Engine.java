package dev.gangway.tomcat;

import dev.gangway.internal.context.Engines;
import dev.gangway.tomcat.TicketHosts.Binding;
import dev.gangway.tomcat.internal.OpenSslSupport;
import java.util.List;
import java.util.Locale;
import org.apache.tomcat.jni.AprStatus;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.openssl.OpenSSLStatus;

/** The TLS implementations with which a connector can have shared ticket keys. */
enum Engine {
    JDK {
        @Override
        SSLUtil newUtil(SSLHostConfigCertificate certificate, Binding binding) {
            return new TicketOnlySslUtil(certificate, binding);
        }
    },
    CONSCRYPT {
        @Override
        SSLUtil newUtil(SSLHostConfigCertificate certificate, Binding binding) {
            return new ConscryptSslUtil(certificate, binding);
        }
    },
    OPENSSL {
        @Override
        SSLUtil newUtil(SSLHostConfigCertificate certificate, Binding binding) {
            return OpenSslSupport.load()
                    .newUtil(certificate, binding.tickets(), binding.connector(certificate.getSSLHostConfig()));
        }
    },
    /**
     * The implementation that Tomcat would use by default. Known only when a connector starts, because other listeners
     * influence it.
     */
    AUTO {
        @Override
        SSLUtil newUtil(SSLHostConfigCertificate certificate, Binding binding) {
            return tomcatsOwn().newUtil(certificate, binding);
        }

        @Override
        String inUse() {
            return tomcatsOwn().inUse();
        }
    };

    private static final String NO_JNI =
            "tomcat-native cannot have shared ticket keys: it accepts only one key, which cannot"
                    + " be replaced without losing tickets, and a key of another length ends the JVM. Use"
                    + " Tomcat's other"
                    + " OpenSSL support on Java 22 (OpenSSLLifecycleListener instead of AprLifecycleListener, and"
                    + " engine=\"openssl\"), or engine=\"jdk\" or \"conscrypt\"";

    /** @throws IllegalArgumentException naming the setting and its value */
    static Engine parse(String name) {
        return switch (String.valueOf(name)) {
            case "jdk" -> JDK;
            case "conscrypt" -> CONSCRYPT;
            case "openssl" -> OPENSSL;
            case "auto" -> AUTO;
            default ->
                throw new IllegalArgumentException(
                        Engines.unknown(name, List.of("jdk", "conscrypt", "openssl", "auto")));
        };
    }

    /** Creates the object that makes the context of {@code certificate}. */
    abstract SSLUtil newUtil(SSLHostConfigCertificate certificate, Binding binding);

    /** The name of the engine in use, once the connectors have started. */
    String inUse() {
        return name().toLowerCase(Locale.ROOT);
    }

    // As org.apache.catalina.connector.Connector does; it does not if sslImplementationName is set.
    private static Engine tomcatsOwn() {
        if (Runtime.version().feature() >= OpenSslSupport.FIRST_JAVA
                && OpenSSLStatus.getUseOpenSSL()
                && OpenSSLStatus.isAvailable()) {
            return OPENSSL;
        }
        if (hasTomcatNative() && AprStatus.isAprAvailable() && AprStatus.getUseOpenSSL()) {
            throw new IllegalStateException("engine 'auto' is tomcat-native here: " + NO_JNI);
        }
        return JDK;
    }

    private static boolean hasTomcatNative() {
        return Engine.class.getClassLoader().getResource("org/apache/tomcat/jni/AprStatus.class") != null;
    }
}
