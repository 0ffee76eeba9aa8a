package dev.gangway.tomcat;

import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.testing.OutcomesContract;
import java.nio.file.Path;

abstract class TomcatOutcomes extends OutcomesContract {
    @Override
    protected Node start(String engine, Path keyFile) throws Exception {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + keyFile);
        listener.setEngine(engine);
        TomcatNode tomcat = new TomcatNode(folder)
                .withHost("_default_", keyStore)
                .with(listener)
                .start();
        return new Node() {
            @Override
            public int port() {
                return tomcat.port();
            }

            @Override
            public TicketKeyManager manager() {
                return listener.ticketKeyManager().orElseThrow();
            }

            @Override
            public void close() {
                tomcat.close();
            }
        };
    }
}
