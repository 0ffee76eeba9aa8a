package dev.gangway.testing;

import static dev.gangway.testing.ResumptionTrustContract.client;
import static dev.gangway.testing.ResumptionTrustContract.get;
import static dev.gangway.testing.ResumptionTrustContract.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates.Held;
import dev.gangway.testing.HttpsClient.Exchange;
import dev.gangway.testing.ResumptionTrustContract.Server;
import java.util.List;
import java.util.Optional;

/**
 * Offers each ticket of one client to each of several hosts.
 *
 * @param origins a server of each host, which issues tickets
 * @param others another server of each host, to which they are offered
 * @param keepsApart whether a ticket of another host never opens, even if a full handshake would accept the client
 */
record TicketMatrix(
        String protocol, List<HostTrust> hosts, List<Server> origins, List<Server> others, boolean keepsApart) {
    /** Offers a ticket of each host to each other; returns the hosts that accept the client in a full handshake. */
    List<String> show(Held client) {
        List<Optional<Exchange>> full = others.stream()
                .map(other -> get(client(protocol, client), other))
                .toList();
        for (int from = 0; from < hosts.size(); from++) {
            for (int to = 0; to < hosts.size() && full.get(from).isPresent(); to++) {
                HttpsClient holder = client(protocol, client);
                assertThat(get(holder, origins.get(from))).isPresent();
                String what = protocol + " ticket of " + subject(client) + " from '"
                        + hosts.get(from).name() + "' at '" + hosts.get(to).name() + "'";
                assertOpensNoMore(what, from == to, get(holder, others.get(to)), full.get(to));
            }
        }
        return hosts.stream()
                .filter(host -> full.get(hosts.indexOf(host)).isPresent())
                .map(HostTrust::name)
                .toList();
    }

    private void assertOpensNoMore(
            String what, boolean isAtHome, Optional<Exchange> shown, Optional<Exchange> afterFullHandshake) {
        assertThat(shown.isPresent()).as(what).isEqualTo(afterFullHandshake.isPresent());
        if (shown.isPresent()) {
            assertThat(shown.get().handshake().offeredTicket()).as(what).isPresent();
            assertThat(shown.get().clientCertificate())
                    .as(what)
                    .isEqualTo(afterFullHandshake.get().clientCertificate());
            if (isAtHome || keepsApart) {
                assertThat(shown.get().resumed()).as(what).isEqualTo(isAtHome);
            }
        }
    }
}
