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
 * What each ticket of one client opens at each of several hosts.
 *
 * @param origins a server of each host, which gives tickets
 * @param others another server of each host, at which they are shown
 * @param keepsApart whether a ticket of another host opens nothing even if the client would be let in anyway
 */
record TicketMatrix(
        String protocol, List<HostTrust> hosts, List<Server> origins, List<Server> others, boolean keepsApart) {
    /** Shows a ticket of each host at each other; returns the hosts that let the client in by a full handshake. */
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
