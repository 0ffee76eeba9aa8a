package dev.gangway.internal.store.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import dev.gangway.internal.store.WatchedStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A Secret of an API server that keeps versions as Kubernetes does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesStoreTest extends WatchedStoreContract {
    @TempDir
    static Path account;

    private MockApiServer server;
    private String secret = "";

    @BeforeAll
    void start() throws Exception {
        server = new MockApiServer();
        Files.writeString(account.resolve("namespace"), "fleet");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void useAnotherSecret() throws Exception {
        token("one");
        server.requireToken("one");
        server.versionsAreTooOld(false);
        secret = "keys-" + UUID.randomUUID();
        server.create("fleet", secret);
    }

    @Override
    protected KeysetStore open() throws Exception {
        return open(secret);
    }

    private KeysetStore open(String name) throws Exception {
        return new KubernetesStoreProvider(Map.of(), account)
                .open("gangway", Map.of("secret", name, "server", server.url()));
    }

    @Test
    void compareAndSwap_secretWithMore_keepsTheRest() throws Exception {
        KeysetStore store = open();
        assertThat(store.compareAndSwap(store.read(), text("one"))).isTrue();
        assertThat(server.get("fleet", secret))
                .contains("\"gangway\":\"b25l\"")
                .contains("\"other\":\"eA==\"")
                .contains("\"team\":\"edge\"");
    }

    @Test
    void awaitChange_versionTooOld_returnsSoThatTheSecretIsReadAgain() throws Exception {
        KeysetStore store = open();
        StoredDocument last = store.read();
        server.versionsAreTooOld(true);
        store.awaitChange(last, Duration.ofMinutes(2));
    }

    @Test
    void awaitChange_refused_isAFault() throws Exception {
        KeysetStore store = open();
        StoredDocument last = store.read();
        server.requireToken("two");
        assertThatThrownBy(() -> store.awaitChange(last, Duration.ofMinutes(2)))
                .isInstanceOf(KeysetStoreException.class);
    }

    @Test
    void read_tokenWasReplaced_usesTheNewOne() throws Exception {
        KeysetStore store = open();
        StoredDocument before = store.read();
        server.requireToken("two");
        assertThatThrownBy(store::read)
                .isInstanceOf(KeysetStoreException.class)
                .hasMessageContaining("refuses the call: Unauthorized");
        token("t\nwo");
        assertThatThrownBy(store::read)
                .isInstanceOf(KeysetStoreException.class)
                .hasMessage("the token is not one line of ASCII text");
        token("two");
        assertThat(store.compareAndSwap(before, text("one"))).isTrue();
    }

    @Test
    void read_noSecret_saysHowToMakeIt() throws Exception {
        KeysetStore store = open("other");
        assertThatThrownBy(store::read)
                .isInstanceOf(KeysetStoreException.class)
                .hasMessageContaining("make it with: kubectl --namespace=fleet create secret generic other");
    }

    @Test
    void read_serverIsGone_isAFault() throws Exception {
        KeysetStore store = new KubernetesStoreProvider(Map.of(), account)
                .open("gangway", Map.of("secret", secret, "server", "http://127.0.0.1:1"));
        assertThatThrownBy(store::read)
                .isInstanceOf(KeysetStoreException.class)
                .hasMessageContaining("the API server does not answer");
    }

    @Test
    void open_inAPod_findsTheServerByTheEnvironment() throws Exception {
        Map<String, String> pod = Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443");
        KeysetStore store = new KubernetesStoreProvider(pod, account).open("gangway", Map.of("secret", "ticket-keys"));
        assertThat(store.name()).isEqualTo("kubernetes:fleet/ticket-keys#gangway");
    }

    @Test
    void open_wrongProperties_areRefused(@TempDir Path empty) throws Exception {
        KubernetesStoreProvider provider = new KubernetesStoreProvider(Map.of(), account);
        assertThatThrownBy(() -> provider.open("gangway", Map.of("secret", "x")))
                .hasMessageContaining("this server does not run in a pod");
        assertThatThrownBy(() -> provider.open("gangway", Map.of("secret", "../x", "server", "https://a")))
                .hasMessageContaining("secret '../x' is not a name in Kubernetes");
        assertThatThrownBy(() -> provider.open("a/b", Map.of("secret", "x", "server", "https://a")))
                .hasMessageContaining("name 'a/b' cannot be a key of a Secret");
        assertThatThrownBy(() -> provider.open("gangway", Map.of("secret", "x", "server", "a:1")))
                .hasMessageContaining("is not the address of an API server");
        assertThatThrownBy(() -> new KubernetesStoreProvider(Map.of(), empty)
                        .open("gangway", Map.of("secret", "x", "server", "https://a")))
                .hasMessageContaining("set the property 'namespace'");
        Files.writeString(empty.resolve("namespace"), "fleet");
        Path authorities = Files.writeString(empty.resolve("ca.crt"), "x");
        assertThatThrownBy(() -> new KubernetesStoreProvider(Map.of(), empty)
                        .open("gangway", Map.of("secret", "x", "server", "https://a")))
                .hasMessageContaining("trustedCertificates " + authorities);
    }

    private static void token(String value) throws Exception {
        Files.writeString(account.resolve("token"), value + "\n");
    }
}
