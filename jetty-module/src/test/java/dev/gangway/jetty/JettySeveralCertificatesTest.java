package dev.gangway.jetty;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.SeveralCertificatesContract;
import dev.gangway.testing.TicketScopesContract.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.junit.jupiter.api.Tag;

/** All certificates in one key store. */
@Tag("container")
class JettySeveralCertificatesTest extends SeveralCertificatesContract {
    @Override
    protected List<String> engines() {
        return List.of("jdk", "conscrypt");
    }

    @Override
    protected List<KeyType> keyTypes(String engine) {
        return engine.equals("jdk") ? super.keyTypes(engine) : List.of(KeyType.EITHER);
    }

    @Override
    protected RunningServer start(String engine, String keys, List<Named> certificates) throws Exception {
        Path keyStore = Certificates.write(
                Certificates.keyStore(certificates.stream()
                        .flatMap(named -> Stream.of(named.ec(), named.rsa()))
                        .toArray(Certificates.Held[]::new)),
                folder.resolve("server.p12"));
        GangwaySslContextFactory tls = new GangwaySslContextFactory();
        tls.setKeyStorePath(keyStore.toString());
        tls.setKeyStorePassword(new String(Certificates.PASSWORD));
        tls.setEngine(engine);
        tls.setKeys(keys);
        tls.setSniRequired(true);
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        customizer.setSniRequired(true);
        JettyNode node = JettyNode.start(tls, customizer);
        return new RunningServer(node.port(), node::close);
    }
}
