package dev.gangway.jetty;

import dev.gangway.ClientAuth;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.HostTrust;
import dev.gangway.testing.ResumptionTrustContract;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;

/** Jetty servers that accept clients as {@link HostTrust} specifies. */
@Tag("container")
class JettyTrustTest extends ResumptionTrustContract {
    @Override
    protected List<String> engines() {
        return List.of("jdk", "conscrypt");
    }

    /** Jetty checks the length of a chain only together with revocation lists, which refuse the same client. */
    @Override
    protected boolean countsIntermediates() {
        return true;
    }

    @Override
    protected Server start(String engine, HostTrust trust) throws Exception {
        GangwaySslContextFactory factory = new OwnTrust(trust.ownManager());
        Path keyStore = Certificates.write(Certificates.keyStore(server), folder.resolve("keystore.p12"));
        factory.setKeyStorePath(keyStore.toUri().toString());
        factory.setKeyStorePassword("changeit");
        factory.setKeys(keys);
        factory.setEngine(engine);
        factory.setScope(trust.scope());
        factory.setTicketLifetime(trust.ticketLifetime());
        factory.setCheckClientCertificates(trust.checksResumptions());
        trust.anchors().ifPresent(store -> {
            factory.setTrustStorePath(store.toUri().toString());
            factory.setTrustStorePassword("changeit");
        });
        trust.revocations().ifPresent(lists -> revokeBy(factory, lists));
        trust.intermediates().ifPresent(most -> {
            revokeBy(factory, folder.resolve("revocations.pem"));
            factory.setMaxCertPathLength(most);
        });
        factory.setWantClientAuth(trust.clientAuth() == ClientAuth.OPTIONAL);
        if (trust.clientAuth() == ClientAuth.REQUIRED) {
            factory.setNeedClientAuth(true);
        }
        JettyNode node = JettyNode.start(factory);
        return new Server(node.port(), () -> reload(factory), node::close);
    }

    private static void revokeBy(GangwaySslContextFactory factory, Path lists) {
        factory.setValidatePeerCerts(true);
        factory.setCrlPath(lists.toString());
    }

    private static void reload(GangwaySslContextFactory factory) {
        try {
            factory.reload(same -> {});
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A factory with an optional custom trust manager, which Jetty supports only in subclasses. */
    private static final class OwnTrust extends GangwaySslContextFactory {
        private final Optional<Class<? extends X509TrustManager>> manager;

        OwnTrust(Optional<Class<? extends X509TrustManager>> manager) {
            this.manager = manager;
        }

        @Override
        protected TrustManager[] getTrustManagers(KeyStore trustStore, Collection<? extends CRL> lists)
                throws Exception {
            return manager.isPresent()
                    ? new TrustManager[] {manager.get().getConstructor().newInstance()}
                    : super.getTrustManagers(trustStore, lists);
        }
    }
}
