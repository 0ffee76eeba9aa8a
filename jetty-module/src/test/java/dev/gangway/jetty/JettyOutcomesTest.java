package dev.gangway.jetty;

import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.OutcomesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("container")
class JettyOutcomesTest extends OutcomesContract {
    @EveryEngineAndProtocol
    void counts_ofEveryOutcome_areWhatClientsDid(String engine, String protocol) throws Exception {
        countEveryOutcome(engine, protocol);
    }

    @Override
    protected Node start(String engine, Path keyFile) throws Exception {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStorePath(keyStore.toUri().toString());
        factory.setKeyStorePassword("changeit");
        factory.setKeys("file:" + keyFile);
        factory.setEngine(engine);
        JettyNode jetty = JettyNode.start(factory);
        return new Node() {
            @Override
            public int port() {
                return jetty.port();
            }

            @Override
            public TicketKeyManager manager() {
                return factory.ticketKeyManager().orElseThrow();
            }

            @Override
            public void close() {
                jetty.close();
            }
        };
    }
}
