package dev.gangway.jetty;

import dev.gangway.outcome.HandshakeWatch;
import dev.gangway.outcome.SeenHandshake;
import dev.gangway.outcome.TicketAttributes;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;

/**
 * Shows requests what became of the ticket in their connection's handshake, as {@link TicketAttributes}. The Jetty module adds
 * it; embedded, {@code httpConfiguration.addCustomizer(new TicketAttributesCustomizer())}.
 */
public final class TicketAttributesCustomizer implements HttpConfiguration.Customizer {
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        return handshakeOf(request.getConnectionMetaData().getConnection().getEndPoint())
                .<Request>map(seen -> new Request.AttributesWrapper(request, new Handshake(request, seen)))
                .orElse(request);
    }

    private static Optional<SeenHandshake> handshakeOf(EndPoint endPoint) {
        EndPoint present = endPoint;
        while (present instanceof EndPoint.Wrapper wrapper && !(present instanceof SslConnection.SslEndPoint)) {
            present = wrapper.unwrap();
        }
        return present instanceof SslConnection.SslEndPoint tls
                ? HandshakeWatch.of(tls.getSslConnection().getSSLEngine())
                : Optional.empty();
    }

    /** Worked out when somebody asks. */
    private static final class Handshake extends Attributes.Synthetic {
        private final SeenHandshake seen;

        Handshake(Attributes wrapped, SeenHandshake seen) {
            super(wrapped);
            this.seen = seen;
        }

        @Override
        protected Object getSyntheticAttribute(String name) {
            return TicketAttributes.valueOf(name, seen);
        }

        @Override
        protected Set<String> getSyntheticNameSet() {
            return TicketAttributes.NAMES;
        }
    }
}
