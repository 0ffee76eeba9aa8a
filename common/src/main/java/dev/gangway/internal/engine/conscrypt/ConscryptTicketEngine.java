package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.time.InstantSource;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.conscrypt.Conscrypt;

/** Shared ticket keys for Conscrypt (BoringSSL), on Linux. */
public final class ConscryptTicketEngine implements TicketEngine {
    // BoringSSL's session format is versioned ASN.1: a ticket that another version cannot read leads to
    // a full handshake.
    private static final String LAYOUT = "boringssl";

    private final Provider provider;
    // Set at the first installation, before any context of this engine can serve.
    private volatile ConscryptInternals internals;

    private ConscryptTicketEngine(Provider provider) {
        this.provider = provider;
    }

    /** @throws IllegalArgumentException if Conscrypt is missing or has no native library for this platform */
    public static ConscryptTicketEngine create() {
        try {
            Conscrypt.checkAvailability();
            return new ConscryptTicketEngine(Conscrypt.newProvider());
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "engine 'conscrypt' needs conscrypt-openjdk-uber.jar beside Gangway on the class path; put it there"
                            + " (Jetty: start.jar --add-modules=conscrypt), or use engine 'jdk'",
                    e);
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalArgumentException(
                    "engine 'conscrypt' cannot load Conscrypt's native library on " + System.getProperty("os.name")
                            + " " + System.getProperty("os.arch") + " (" + e.getMessage() + "); use engine 'jdk'",
                    e);
        }
    }

    @Override
    public String name() {
        return "conscrypt";
    }

    @Override
    public SSLContext newContext(String protocol) throws NoSuchAlgorithmException {
        return SSLContext.getInstance(protocol, provider);
    }

    @Override
    public void prepare(SSLEngine sslEngine) {
        Conscrypt.setUseSessionTickets(sslEngine, true);
    }

    @Override
    public SSLEngine forContainer(SSLEngine own) {
        return new ConscryptServerEngine(own, internals);
    }

    @Override
    public KeyManager[] keyManagers(KeyManager[] own) {
        return Arrays.stream(own)
                .map(each -> each instanceof X509ExtendedKeyManager extended
                        ? new ConscryptKeyManager(extended, provider)
                        : each)
                .toArray(KeyManager[]::new);
    }

    @Override
    public TrustManager[] trustManagers(TrustManager[] own) {
        return Arrays.stream(own)
                .map(each -> each instanceof X509ExtendedTrustManager extended
                        ? new TicketAwareTrustManager(extended)
                        : each)
                .toArray(TrustManager[]::new);
    }

    @Override
    public Installation install(TlsServer server, Scope scope, TicketPolicy policy, InstantSource clock)
            throws InstallationException {
        if (internals == null) {
            internals = ConscryptInternals.find();
        }
        NativeContext context = NativeContext.of(this, server, ProcessMemory.find());
        TicketLifetime.set(context, policy.ticketLifetimeSeconds());
        return new ConscryptTicketKeys(
                context,
                internals,
                KeyDerivation.of(LAYOUT, scope),
                server.clientAuthentication(),
                policy,
                clock,
                InstantSource.system());
    }

    /** Conscrypt issues tickets in the handshake only. */
    @Override
    public void issueNoMoreTickets(SSLEngine server) {}
}
