package dev.gangway.tomcat;

import dev.gangway.TicketAttributes;
import dev.gangway.internal.outcome.AttributeValues;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Sets the request attributes of {@link TicketAttributes}, which describe the connection's handshake, before the
 * servlet container gets the request. Coyote's classes are the same in every Tomcat version, unlike those of a valve.
 */
final class TicketAttributesAdapter implements Adapter {
    // The prefix depends on the servlet API of this Tomcat.
    private static final String[] TLS_SUPPORT = {
        "jakarta.servlet.request.ssl_session_mgr", "javax.servlet.request.ssl_session_mgr"
    };

    private final Adapter container;

    TicketAttributesAdapter(Adapter container) {
        this.container = container;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        request.action(ActionCode.REQ_SSL_ATTRIBUTE, request);
        supportOf(request)
                .flatMap(TicketSslSupport::handshake)
                .ifPresent(seen -> AttributeValues.forEach(seen, request::setAttribute));
        container.service(request, response);
    }

    private static Optional<TicketSslSupport> supportOf(Request request) {
        return Stream.of(TLS_SUPPORT)
                .map(request::getAttribute)
                .filter(TicketSslSupport.class::isInstance)
                .map(TicketSslSupport.class::cast)
                .findFirst();
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return container.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
        return container.asyncDispatch(request, response, status);
    }

    @Override
    public void log(Request request, Response response, long time) {
        container.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        container.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return container.getDomain();
    }
}
