package dev.gangway.tomcat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.HostTrust;
import dev.gangway.testing.ResumptionTrustContract;
import java.nio.file.Path;
import org.apache.tomcat.util.net.SSLHostConfig;

/** Tomcat servers whose hosts accept clients as {@link HostTrust} specifies, with trust stores. */
abstract class TomcatTrust extends ResumptionTrustContract {
    private static final String DEFAULT_HOST = "_default_";

    @Override
    protected final Server start(String engine, HostTrust trust) throws Exception {
        GangwayListener listener = new GangwayListener();
        listener.setKeys(keys);
        listener.setEngine(engine);
        listener.setScope(trust.scope());
        listener.setTicketLifetime(trust.ticketLifetime());
        listener.setCheckClientCertificates(trust.checksResumptions());
        TomcatNode node = newNode().with(listener);
        SSLHostConfig host = node.host(DEFAULT_HOST);
        host.setCertificateVerification(trust.clientAuth().name());
        trust.revocations().ifPresent(lists -> host.setCertificateRevocationListFile(lists.toString()));
        trust.intermediates().ifPresent(most -> setDepth(host, most));
        if (trust.ownManager().isPresent()) {
            host.setTrustManagerClassName(trust.ownManager().get().getName());
        } else {
            setAnchors(host, trust);
        }
        node.start();
        return new Server(node.port(), () -> node.protocol().reloadSslHostConfigs(), node::close);
    }

    TomcatNode newNode() {
        Path keyStore = Certificates.write(Certificates.keyStore(server), folder.resolve("keystore.p12"));
        return new TomcatNode(folder).withHost(DEFAULT_HOST, keyStore);
    }

    void setAnchors(SSLHostConfig host, HostTrust trust) {
        trust.anchors().ifPresent(store -> {
            host.setTruststoreFile(store.toString());
            host.setTruststorePassword("changeit");
        });
    }

    void setDepth(SSLHostConfig host, int intermediates) {
        host.setCertificateVerificationDepth(intermediates);
    }
}
