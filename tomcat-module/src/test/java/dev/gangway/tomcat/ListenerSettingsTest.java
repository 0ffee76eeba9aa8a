package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.TicketSettings;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedKeySource;
import dev.gangway.testing.HttpsClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.apache.tomcat.util.IntrospectionUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attributes of the listener, set by Tomcat from {@code server.xml}: with a wrong one the server does not start. */
@Tag("container")
class ListenerSettingsTest {
    // One certificate for all nodes: Java 25 resumes only if the server has the certificate that the ticket refers to.
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");

    private static final String ALL =
            "The attributes are: checkClientCertificates, engine, keys, pollInterval, requestAttributes, scope,"
                    + " ticketLifetime";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "scpoe,scope",
        "Scopes,scope",
        "key,keys",
        "ticketlifetime,ticketLifetime",
        "lifetime,ticketLifetime",
        "poll-interval,pollInterval",
        "checkClientCertificate,checkClientCertificates",
    })
    void start_misspeltAttribute_isRefusedWithTheNearestAndAllThereAre(String written, String meant) {
        assertRefused(
                Map.of("keys", "random:", written, "partners"),
                "GangwayListener has no attribute " + written + "=\"partners\"; did you mean '" + meant + "'?",
                ALL);
    }

    @Test
    void keySourceOfTheApplication_twoNodes_resumeEachOthersSessions() throws Exception {
        byte[] key = new byte[80];
        new SecureRandom().nextBytes(key);
        GangwayListener first = new GangwayListener();
        first.setKeySource(new FixedKeySource("vault:first", key));
        GangwayListener second = new GangwayListener();
        second.configure(TicketSettings.ofKeys(new FixedKeySource("vault:second", key)));
        try (TomcatNode a = node(first).start();
                TomcatNode b = node(second).start()) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(a.port());
            assertThat(client.get(b.port()).resumed()).isTrue();
            assertThat(second.ticketKeys().orElseThrow().getSource()).isEqualTo("vault:second");
        }
        assertThat(second.ticketKeys()).isEmpty();
    }

    @Test
    void start_severalUnknownAttributes_areAllNamed() {
        assertRefused(
                Map.of("key", "random:", "colour", "blue"),
                "no attribute colour=\"blue\". GangwayListener has no attribute key=\"random:\"; did you mean 'keys'?",
                ALL);
    }

    @Test
    void start_attributesOfTomcatsOwn_areNone() throws Exception {
        GangwayListener listener = new GangwayListener();
        set(listener, Map.of("keys", "random:", "optional", "true", "scope", "partners"));
        try (TomcatNode node = node(listener).start()) {
            assertThat(HttpsClient.of("TLSv1.3").get(node.port()).status()).isEqualTo(200);
        }
        assertThat(listener.getScope()).isEqualTo("partners");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "engine|Conscrypt|did you mean 'conscrypt'?",
                "engine|JDK|did you mean 'jdk'?",
                "engine|opensll|engine 'opensll' is unknown; the engines are: jdk, conscrypt, openssl, auto; did"
                        + " you mean 'openssl'?",
                "engine|''|engine '' is unknown",
                "ticketLifetime|0|ticketLifetime 0s is outside 1s to 7d",
                "ticketLifetime|1h30m|did you mean '90m'?",
                "pollInterval|0|pollInterval 0s is outside 100ms to 1h",
                "pollInterval|10|pollInterval '10' is not a duration; write it like 30m, 12h, 7d or PT12H; did"
                        + " you mean '10s'?",
                "pollInterval|-10s|pollInterval -10s is outside",
                "scope|' '|scope ' ' is blank",
                "scope|' a'|did you mean 'a'?",
                "scope|${env.SCOPE}|contains the placeholder ${env.SCOPE}",
                "keys|fil:/etc/keys|did you mean 'file:'?",
                "keys|file:/x?alow=group|did you mean 'allow=group'?",
                "keys|/etc/keys|did you mean 'file:/etc/keys'?",
                "keys|file:${env.KEYS}|contains the placeholder ${env.KEYS}",
                "keys|file:/nonexistent/ticket.keys|make the file with 'keys new /nonexistent/ticket.keys'",
                "keys|file:/etc|key file /etc is a directory",
                "requestAttributes|True|did you mean 'true'?",
                "checkClientCertificates|ture|did you mean 'true'?",
            })
    void start_wrongValue_isRefusedWithNameValueAndWayOut(String name, String value, String message) {
        assertRefused(name.equals("keys") ? Map.of(name, value) : Map.of("keys", "random:", name, value), message);
    }

    /** An embedding program can pass any value. */
    @Test
    void start_nullInsteadOfAValue_isRefusedByName() {
        GangwayListener engine = listener();
        engine.setEngine(null);
        assertThatThrownBy(() -> node(engine).start()).rootCause().hasMessageContaining("engine 'null' is unknown");
        GangwayListener scope = listener();
        scope.setScope(null);
        assertThatThrownBy(() -> node(scope).start()).rootCause().hasMessageContaining("scope is null");
        GangwayListener lifetime = listener();
        lifetime.setTicketLifetime(null);
        assertThatThrownBy(() -> node(lifetime).start()).rootCause().hasMessageContaining("ticketLifetime is null");
        GangwayListener on = listener();
        on.setRequestAttributes((String) null);
        assertThatThrownBy(() -> node(on).start()).rootCause().hasMessageContaining("requestAttributes 'null'");
    }

    private void assertRefused(Map<String, String> attributes, String... messages) {
        GangwayListener listener = new GangwayListener();
        set(listener, attributes);
        assertThatThrownBy(() -> node(listener).start()).satisfies(e -> {
            for (String message : messages) {
                assertThat(e).hasStackTraceContaining(message);
            }
        });
        assertThat(listener.ticketKeyManager()).isEmpty();
    }

    // Like Tomcat's SetPropertiesRule.
    private static void set(GangwayListener listener, Map<String, String> attributes) {
        attributes.forEach((name, value) -> IntrospectionUtils.setProperty(listener, name, value));
    }

    private static GangwayListener listener() {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        return listener;
    }

    private TomcatNode node(GangwayListener listener) {
        Path keyStore = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
        return new TomcatNode(folder).withHost("_default_", keyStore).with(listener);
    }
}
