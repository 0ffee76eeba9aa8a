package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong values that an embedding program or a property can set are refused by name at start. */
@Tag("container")
class FactoryValuesTest {
    private static final Map<String, BiConsumer<GangwaySslContextFactory, String>> SETTERS = Map.of(
            "keys", GangwaySslContextFactory::setKeys,
            "engine", GangwaySslContextFactory::setEngine,
            "ticketLifetime", GangwaySslContextFactory::setTicketLifetime,
            "pollInterval", GangwaySslContextFactory::setPollInterval,
            "scope", GangwaySslContextFactory::setScope);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "engine|Conscrypt|engine 'Conscrypt' is unknown; the engines are: jdk, conscrypt; did you mean"
                        + " 'conscrypt'?",
                "engine|JDK|did you mean 'jdk'?",
                "engine|null|engine 'null' is unknown",
                "ticketLifetime|0|ticketLifetime 0s is outside 1s to 7d",
                "ticketLifetime|1h30m|did you mean '90m'?",
                "ticketLifetime|null|ticketLifetime is null",
                "pollInterval|0|pollInterval 0s is outside 100ms to 1h",
                "pollInterval|10|did you mean '10s'?",
                "scope|' '|scope ' ' is blank",
                "scope|'a '|did you mean 'a'?",
                "scope|${jetty.scope}|contains the placeholder ${jetty.scope}",
                "scope|null|scope is null",
                "keys|fil:/etc/keys|did you mean 'file:'?",
                "keys|file:${jetty.bas}/etc/keys|contains the placeholder ${jetty.bas}",
                "keys|file:/x?alow=group|did you mean 'allow=group'?",
                "keys|null|'keys' is not set on GangwaySslContextFactory",
            })
    void start_wrongValue_isRefusedWithNameValueAndWayOut(String name, String value, String message) throws Exception {
        GangwaySslContextFactory factory = factory();
        SETTERS.get(name).accept(factory, value);

        assertThatThrownBy(() -> JettyNode.start(factory)).hasMessageContaining(message);
        assertThat(factory.ticketKeyManager()).isEmpty();
    }

    /** The module conscrypt sets the provider; the message about a wrong engine must not blame the provider. */
    @Test
    void start_misspeltEngineBesideItsProvider_isRefusedForTheEngine() throws Exception {
        GangwaySslContextFactory factory = factory();
        factory.setProvider("Conscrypt");
        factory.setEngine("Conscrypt");

        assertThatThrownBy(() -> JettyNode.start(factory)).hasMessageContaining("did you mean 'conscrypt'?");
    }

    @Test
    void reload_wrongScope_isRefusedAndChangesNothing() throws Exception {
        GangwaySslContextFactory factory = factory();
        factory.setScope("partners");
        try (JettyNode node = JettyNode.start(factory)) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(node.port());

            assertThatThrownBy(() -> factory.reload(tls -> factory.setScope(" partners")))
                    .hasMessageContaining("did you mean 'partners'?");

            assertThat(factory.getScope()).isEqualTo("partners");
            assertThat(client.get(node.port()).resumed()).isTrue();
        }
    }

    private static GangwaySslContextFactory factory() throws Exception {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStore(Certificates.keyStore(Certificates.server("localhost")));
        factory.setKeyStorePassword("changeit");
        factory.setKeys("random:");
        return factory;
    }
}
