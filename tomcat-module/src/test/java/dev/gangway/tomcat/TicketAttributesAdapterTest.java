package dev.gangway.tomcat;

import dev.gangway.testing.AttributesContract;
import java.io.CharArrayWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.catalina.valves.AbstractAccessLogValve;
import org.junit.jupiter.api.Tag;

@Tag("container")
class TicketAttributesAdapterTest extends AttributesContract {
    private static final String PATTERN =
            "%{dev.gangway.resumed}r %{dev.gangway.outcome}r %{dev.gangway.ticket_key}r %{dev.gangway.ticket_age}r %{dev.gangway.authentication_age}r";

    @Override
    protected Node start(String engine, Path keyStore, Path keyFile, Consumer<String> accessLog) throws Exception {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + keyFile);
        listener.setEngine(engine);
        listener.setRequestAttributes(true);
        TomcatNode node = new TomcatNode(folder).withHost("_default_", keyStore).with(listener);
        AbstractAccessLogValve valve = new AbstractAccessLogValve() {
            @Override
            protected void log(CharArrayWriter message) {
                accessLog.accept(message.toString());
            }
        };
        valve.setPattern(PATTERN);
        node.tomcat.getHost().getPipeline().addValve(valve);
        node.start();
        return new Node(node.port(), node::close);
    }
}
