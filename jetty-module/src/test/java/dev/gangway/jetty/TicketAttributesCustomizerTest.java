package dev.gangway.jetty;

import dev.gangway.testing.AttributesContract;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.junit.jupiter.api.Tag;

@Tag("container")
class TicketAttributesCustomizerTest extends AttributesContract {
    private static final String FORMAT = "%{dev.gangway.resumed}attr %{dev.gangway.outcome}attr"
            + " %{dev.gangway.ticket_key}attr %{dev.gangway.ticket_age}attr %{dev.gangway.authentication_age}attr";

    @Override
    protected Node start(String engine, Path keyStore, Path keyFile, Consumer<String> accessLog) throws Exception {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStorePath(keyStore.toUri().toString());
        factory.setKeyStorePassword("changeit");
        factory.setKeys("file:" + keyFile);
        factory.setEngine(engine);
        JettyNode node = new JettyNode(factory, new SecureRequestCustomizer());
        node.http.addCustomizer(new TicketAttributesCustomizer());
        node.server.setRequestLog(new CustomRequestLog(accessLog::accept, FORMAT));
        node.server.start();
        return new Node(node.port(), node::close);
    }
}
