package dev.gangway.tomcat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** The configuration of a TLS host, without its contexts, before new contexts are created. */
final class HostState {
    private static final Logger LOG = System.getLogger("dev.gangway.tomcat");

    private final SSLHostConfig host;
    private final boolean isServing;
    private final String[] enabledProtocols;
    private final String[] enabledCiphers;
    private final Long openSslContext;
    private final Map<SSLHostConfigCertificate, X509KeyManager> keyManagers = new LinkedHashMap<>();

    private HostState(SSLHostConfig host) {
        this.host = host;
        this.isServing = host.getCertificates().stream().anyMatch(certificate -> certificate.getSslContext() != null);
        this.enabledProtocols = host.getEnabledProtocols();
        this.enabledCiphers = host.getEnabledCiphers();
        this.openSslContext = host.getOpenSslContext();
        host.getCertificates()
                .forEach(certificate -> keyManagers.put(certificate, certificate.getCertificateKeyManager()));
    }

    static HostState of(SSLHostConfig host) {
        return new HostState(host);
    }

    /** Creates a context, or a part of it. */
    interface Making<T, E extends Exception> {
        T make() throws E;
    }

    /** Whether contexts are in use. */
    boolean isServing() {
        return isServing;
    }

    String[] enabledProtocols() {
        return enabledProtocols;
    }

    String[] enabledCiphers() {
        return enabledCiphers;
    }

    /** Enables these, unless others have been enabled since. */
    void enable(String[] protocols, String[] ciphers) {
        // OpenSSLConf overrides both.
        if (host.getEnabledProtocols() == enabledProtocols) {
            host.setEnabledProtocols(protocols);
        }
        if (host.getEnabledCiphers() == enabledCiphers) {
            host.setEnabledCiphers(ciphers);
        }
    }

    /**
     * Runs {@code making} and returns its result. If it fails, the host keeps its configuration, and the failure is
     * logged if the host has contexts in use.
     */
    <T, E extends Exception> T orPutBack(Making<T, E> making) throws E {
        try {
            return making.make();
        } catch (Throwable e) {
            putBack();
            if (isServing) {
                LOG.log(
                        Level.WARNING,
                        "TLS host {0} is not reloaded; its last good configuration stays in use, including its ticket keys."
                                + " Correct the following, and reload the host again: {1}",
                        host.getHostName(),
                        reason(e));
            }
            throw e;
        }
    }

    private void putBack() {
        if (isServing) {
            host.setEnabledProtocols(enabledProtocols);
            host.setEnabledCiphers(enabledCiphers);
            host.setOpenSslContext(openSslContext);
            keyManagers.forEach(SSLHostConfigCertificate::setCertificateKeyManager);
        }
    }

    private static String reason(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(HostState::words)
                .distinct()
                .collect(Collectors.joining(": "));
    }

    // Some exceptions have only the name of the missing item as their message.
    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message != null && message.contains(" ") ? message : failure.toString();
    }
}
