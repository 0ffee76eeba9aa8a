package dev.gangway.internal.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import dev.gangway.internal.json.JsonWriter;
import dev.gangway.internal.store.WatchedStoreContract;
import dev.gangway.internal.store.etcd.EtcdStoreProvider.Login;
import dev.gangway.internal.store.http.StoreClient;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EtcdServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One etcd with TLS and a user. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EtcdStoreTest extends WatchedStoreContract {
    private static final String PASSWORD = "se\"cret";

    @TempDir
    static Path folder;

    private EtcdServer server;
    private String document = "";

    @BeforeAll
    void start() throws Exception {
        server = EtcdServer.withTls(folder, Certificates.server("localhost"));
        Gateway gateway = new Gateway(
                List.of(URI.create(server.endpoints())),
                Optional.empty(),
                new StoreClient(Optional.of(folder.resolve("server.pem"))));
        Await.until("etcd answers", () -> {
            try {
                gateway.call("/v3/kv/range", "{\"key\":\"YQ==\"}");
                return true;
            } catch (KeysetStoreException e) {
                return false;
            }
        });
        gateway.call("/v3/auth/user/add", JsonWriter.of(Map.of("name", "root", "password", PASSWORD)));
        gateway.call("/v3/auth/role/add", "{\"name\":\"root\"}");
        gateway.call("/v3/auth/user/grant", "{\"user\":\"root\",\"role\":\"root\"}");
        gateway.call("/v3/auth/enable", "{}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void useAnotherDocument() {
        document = UUID.randomUUID().toString();
    }

    @Override
    protected KeysetStore open() throws Exception {
        return open(PASSWORD);
    }

    private KeysetStore open(String password) throws Exception {
        return new EtcdStoreProvider()
                .open(
                        document,
                        Map.of(
                                "endpoints",
                                server.endpoints(),
                                "user",
                                "root",
                                "password",
                                password,
                                "trustedCertificates",
                                folder.resolve("server.pem").toString()));
    }

    @Test
    void read_wrongPassword_isAFaultWithoutThePassword() throws Exception {
        assertThatThrownBy(() -> open("wrong-password").read())
                .isInstanceOf(KeysetStoreException.class)
                .hasMessageContaining("authentication failed")
                .hasMessageNotContaining("wrong-password");
    }

    @Test
    void read_tokenNoLongerValid_logsInAgain() throws Exception {
        KeysetStore store = open();
        StoredDocument before = store.read();
        // A change of users makes all tokens old.
        Gateway gateway = new Gateway(
                List.of(URI.create(server.endpoints())),
                Optional.of(new Login("root", PASSWORD)),
                new StoreClient(Optional.of(folder.resolve("server.pem"))));
        gateway.call(
                "/v3/auth/role/add",
                JsonWriter.of(Map.of("name", UUID.randomUUID().toString())));
        assertThat(store.compareAndSwap(before, text("one"))).isTrue();
    }

    @Test
    void read_serverNotTrusted_isAFault() throws Exception {
        KeysetStore store = new EtcdStoreProvider()
                .open(document, Map.of("endpoints", server.endpoints(), "user", "root", "password", PASSWORD));
        assertThatThrownBy(store::read).isInstanceOf(KeysetStoreException.class);
    }

    @Test
    void open_wrongProperties_areRefused() {
        EtcdStoreProvider provider = new EtcdStoreProvider();
        assertThatThrownBy(() -> provider.open("x", Map.of("endpoints", "etcd:2379")))
                .hasMessageContaining("which is not an endpoint such as https://");
        assertThatThrownBy(() -> provider.open("x", Map.of("endpoints", "https://a", "user", "u")))
                .hasMessageContaining("user and password must be set together");
        assertThatThrownBy(() -> provider.open("x", Map.of("endpoints", "https://a", "trustedCertificates", "/none")))
                .hasMessageContaining("trustedCertificates /none cannot be used");
    }
}
