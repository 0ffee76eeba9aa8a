package dev.gangway.tomcat.internal;

import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketService;
import java.security.KeyManagementException;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;

/**
 * Shared ticket keys for Tomcat's own OpenSSL. The implementation needs Java 22 and is compiled separately; on Java 17
 * there is only this interface.
 */
public interface OpenSslSupport {
    /** The first Java feature release with the foreign function interface. */
    int FIRST_JAVA = 22;

    /** @throws KeyManagementException if there is no usable OpenSSL, with the reason */
    void requireUsable() throws KeyManagementException;

    /**
     * Creates the object that makes the context of {@code certificate}; {@code connector} has the properties of its
     * host.
     */
    SSLUtil newUtil(SSLHostConfigCertificate certificate, TicketService tickets, Connector connector);

    /**
     * @throws IllegalStateException if this Java, this Tomcat or this machine does not support it, naming cause and way
     *     out
     */
    static OpenSslSupport load() {
        int java = Runtime.version().feature();
        if (java < FIRST_JAVA) {
            throw new IllegalStateException("engine 'openssl' needs Java " + FIRST_JAVA + " or later, and this is Java "
                    + java + ": run Tomcat on a newer Java, or use engine 'jdk' or 'conscrypt'");
        }
        try {
            OpenSslSupport support = Class.forName("dev.gangway.tomcat.internal.openssl.FfmOpenSsl")
                    .asSubclass(OpenSslSupport.class)
                    .getConstructor()
                    .newInstance();
            support.requireUsable();
            return support;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "engine 'openssl' is not in this build of Gangway, which was made without a JDK " + FIRST_JAVA
                            + " or later: build it with one, or use engine 'jdk' or 'conscrypt'",
                    e);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "engine 'openssl' needs Tomcat's OpenSSL support for Java " + FIRST_JAVA + " (" + e.getMessage()
                            + " is missing): put tomcat-coyote-ffm.jar of the same Tomcat on the class path, or use"
                            + " engine 'jdk' or 'conscrypt'",
                    e);
        } catch (KeyManagementException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("engine 'openssl' cannot be loaded: " + e, e);
        }
    }
}
