package dev.gangway.tomcat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.SeveralCertificatesContract;
import dev.gangway.testing.TicketScopesContract.RunningServer;
import java.nio.file.Path;
import java.util.List;

/** A TLS host for each name, with two certificates. */
abstract class TomcatSeveralCertificates extends SeveralCertificatesContract {
    @Override
    protected final RunningServer start(String engine, String keys, List<Named> certificates) throws Exception {
        GangwayListener listener = new GangwayListener();
        listener.setKeys(keys);
        listener.setEngine(engine);
        TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore("default", Certificates.server("localhost", "127.0.0.1")));
        for (Named named : certificates) {
            node.withHost(
                    named.name(),
                    keyStore(named.name() + "-ec", named.ec()),
                    keyStore(named.name() + "-rsa", named.rsa()));
        }
        node.with(listener).start();
        return new RunningServer(node.port(), node::close);
    }

    private Path keyStore(String name, Certificates.Held certificate) {
        return Certificates.write(Certificates.keyStore(certificate), folder.resolve(name + ".p12"));
    }
}
