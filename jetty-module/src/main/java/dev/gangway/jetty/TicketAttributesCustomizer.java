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
 * Sets the request attributes of {@link TicketAttributes}, which describe the connection's handshake. The Jetty module
 * adds this customizer. In an embedded server, call {@code httpConfiguration.addCustomizer(new
 * TicketAttributesCustomizer())} before a {@code SecureRequestCustomizer} is added: customizers after that one do not
 * see the requests that it rejects.
 */
public final class TicketAttributesCustomizer implements HttpConfiguration.Customizer {
    // Set on the request itself: if a later customizer rejects the request, the log does not see a wrapper.
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
