package dev.gangway.internal.store.etcd;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.KeysetStoreProvider;
import dev.gangway.internal.store.http.StoreClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Type {@code etcd}: etcd 3.4 or later, over its JSON gateway. */
public final class EtcdStoreProvider implements KeysetStoreProvider {
    @Override
    public String type() {
        return "etcd";
    }

    @Override
    public Set<String> requiredProperties() {
        return Set.of("endpoints");
    }

    @Override
    public Set<String> optionalProperties() {
        return Set.of("user", "password", "trustedCertificates");
    }

    @Override
    public KeysetStore open(String documentName, Map<String, String> properties) throws KeysetStoreException {
        List<URI> endpoints = new ArrayList<>();
        for (String endpoint : properties.get("endpoints").split(",", -1)) {
            endpoints.add(endpoint(endpoint.strip()));
        }
        if (properties.containsKey("user") != properties.containsKey("password")) {
            throw new KeysetStoreException("user and password must be set together");
        }
        Optional<Path> trusted =
                Optional.ofNullable(properties.get("trustedCertificates")).map(Path::of);
        Optional<Login> login =
                Optional.ofNullable(properties.get("user")).map(user -> new Login(user, properties.get("password")));
        return new EtcdStore(new Gateway(endpoints, login, new StoreClient(trusted)), documentName);
    }

    private static URI endpoint(String text) throws KeysetStoreException {
        if (!text.matches("https?://[^/?#@\\s]+/?")) {
            // Somebody may have written a login into it.
            throw new KeysetStoreException("endpoints has '" + text.replaceFirst("//.*@", "//…@")
                    + "', which is not an endpoint such as https://etcd1.example:2379; separate several by commas");
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new KeysetStoreException("endpoints has '" + text + "', which is not an address", e);
        }
    }

    /** User and password. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }
}
