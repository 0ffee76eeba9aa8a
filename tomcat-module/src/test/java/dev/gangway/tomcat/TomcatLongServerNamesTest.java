package dev.gangway.tomcat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.LongServerNamesContract;
import dev.gangway.testing.TicketScopesContract.RunningServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("container")
class TomcatLongServerNamesTest extends LongServerNamesContract {
    @Override
    protected RunningServer start(String engine, String keys, Certificates.Held certificate) throws Exception {
        Path keyStore = Certificates.write(Certificates.keyStore(certificate), folder.resolve("keystore.p12"));
        GangwayListener listener = new GangwayListener();
        listener.setKeys(keys);
        listener.setEngine(engine);
        TomcatNode node = new TomcatNode(folder).withHost("_default_", keyStore).with(listener);
        node.start();
        return new RunningServer(node.port(), node::close);
    }
}
