package dev.gangway.benchmarks;

import dev.gangway.internal.handshake.TrustAnyServer;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.conscrypt.Conscrypt;

/**
 * A client that keeps its tickets. Trusts any certificate, and counts the certificates that it receives:
 * there is none in a resumption, so a benchmark can check that it measured resumptions.
 */
public final class BenchClient {
    private static final String ANY_HOST = "bench.invalid";
    private static final int ANY_PORT = 443;
    // A full cache searches all its sessions for each new one, and each handshake adds one.
    private static final int SESSIONS = 8;

    private static final Provider CONSCRYPT = Conscrypt.newProvider();

    private final SSLContext context;
    private final String protocol;
    private final AtomicLong fullHandshakes = new AtomicLong();

    /** @param protocol such as {@code TLSv1.3} */
    public BenchClient(String protocol) throws GeneralSecurityException {
        this(protocol, null);
    }

    /** @param keyManagers the client's certificate; null for none */
    BenchClient(String protocol, KeyManager[] keyManagers) throws GeneralSecurityException {
        this(protocol, keyManagers, SSLContext.getInstance("TLS", "SunJSSE"), SESSIONS);
    }

    private BenchClient(String protocol, KeyManager[] keyManagers, SSLContext context, int sessions)
            throws GeneralSecurityException {
        this.protocol = protocol;
        this.context = context;
        context.init(keyManagers, new TrustManager[] {new CountingTrustManager()}, null);
        context.getClientSessionContext().setSessionCacheSize(sessions);
    }

    /**
     * A client that costs less than the JDK's. Conscrypt uses the oldest ticket that it has; this one has only the newest.
     *
     * @param keyManagers the client's certificate; null for none
     */
    public static BenchClient conscrypt(String protocol, KeyManager[] keyManagers) throws GeneralSecurityException {
        return new BenchClient(protocol, keyManagers, SSLContext.getInstance("TLS", CONSCRYPT), 1);
    }

    /** A new engine for one connection. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine(ANY_HOST, ANY_PORT);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    public SSLContext context() {
        return context;
    }

    public String protocol() {
        return protocol;
    }

    /** The number of handshakes in which the server sent a certificate. */
    public long fullHandshakes() {
        return fullHandshakes.get();
    }

    /** Counts from zero again. */
    public void forgetCount() {
        fullHandshakes.set(0);
    }

    private final class CountingTrustManager extends TrustAnyServer {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            fullHandshakes.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            fullHandshakes.incrementAndGet();
        }
    }
}
