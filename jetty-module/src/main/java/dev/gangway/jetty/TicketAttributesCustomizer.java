package dev.gangway.jetty;

import dev.gangway.TicketAttributes;
import dev.gangway.internal.outcome.AttributeValues;
import dev.gangway.internal.outcome.HandshakeObserver;
import dev.gangway.internal.outcome.ObservedHandshake;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Shows requests what became of the ticket in their connection's handshake, as {@link TicketAttributes}. The Jetty module adds
 * it. Embedded, {@code httpConfiguration.addCustomizer(new TicketAttributesCustomizer())}, before a {@code
 * SecureRequestCustomizer} is added: that one rejects requests, which are then seen by no customizer after it.
 */
public final class TicketAttributesCustomizer implements HttpConfiguration.Customizer {
    // Set on the request itself, because a request that a later customizer rejects is logged without what wraps it.
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        handshakeOf(request.getConnectionMetaData().getConnection().getEndPoint())
                .ifPresent(seen -> AttributeValues.forEach(seen, request::setAttribute));
        return request;
    }

    private static Optional<ObservedHandshake> handshakeOf(EndPoint endPoint) {
        EndPoint present = endPoint;
        while (present instanceof EndPoint.Wrapper wrapper && !(present instanceof SslConnection.SslEndPoint)) {
            present = wrapper.unwrap();
        }
        return present instanceof SslConnection.SslEndPoint tls
                ? HandshakeObserver.of(tls.getSslConnection().getSSLEngine())
                : Optional.empty();
    }
}
