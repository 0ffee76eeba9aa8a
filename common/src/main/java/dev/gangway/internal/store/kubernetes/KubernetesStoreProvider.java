package dev.gangway.internal.store.kubernetes;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.KeysetStoreProvider;
import dev.gangway.internal.store.http.StoreClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Type {@code kubernetes}: a Secret, through the API server, as the service account of the pod. */
public final class KubernetesStoreProvider implements KeysetStoreProvider {
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final Map<String, String> environment;
    private final Path account;

    public KubernetesStoreProvider() {
        this(System.getenv(), ACCOUNT);
    }

    /** @param account the folder with the files of the service account */
    KubernetesStoreProvider(Map<String, String> environment, Path account) {
        this.environment = Map.copyOf(environment);
        this.account = account;
    }

    @Override
    public String type() {
        return "kubernetes";
    }

    @Override
    public Set<String> requiredProperties() {
        return Set.of("secret");
    }

    @Override
    public Set<String> optionalProperties() {
        return Set.of("namespace", "server", "token", "trustedCertificates");
    }

    @Override
    public KeysetStore open(String documentName, Map<String, String> properties) throws KeysetStoreException {
        requireName("secret", properties.get("secret"));
        if (!documentName.matches("[A-Za-z0-9._-]+")) {
            throw new KeysetStoreException("name '" + documentName + "' cannot be a key of a Secret; use letters,"
                    + " digits and '.', '_', '-' only");
        }
        String namespace = properties.containsKey("namespace") ? properties.get("namespace") : ofAccount("namespace");
        requireName("namespace", namespace);
        Optional<Path> trusted = Optional.ofNullable(properties.get("trustedCertificates"))
                .map(Path::of)
                .or(() -> Optional.of(account.resolve("ca.crt")).filter(Files::exists));
        ApiServer.Token token = properties.containsKey("token")
                ? () -> Optional.of(properties.get("token"))
                : () -> ofFile(account.resolve("token"));
        ApiServer server =
                new ApiServer(server(properties), namespace, properties.get("secret"), token, new StoreClient(trusted));
        return new KubernetesStore(server, documentName);
    }

    private URI server(Map<String, String> properties) throws KeysetStoreException {
        if (properties.containsKey("server")) {
            String server = properties.get("server");
            if (!server.matches("https?://[^/?#@\\s]+/?")) {
                throw new KeysetStoreException(
                        "server '" + server + "' is not the address of an API server, such as https://10.0.0.1:6443");
            }
            return uri(server);
        }
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (host.isEmpty()) {
            throw new KeysetStoreException("this server does not run in a pod: KUBERNETES_SERVICE_HOST is not set;"
                    + " set the properties 'server', 'namespace', 'token' and 'trustedCertificates'");
        }
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        return uri("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    private static URI uri(String text) throws KeysetStoreException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new KeysetStoreException("server '" + text + "': " + e.getMessage(), e);
        }
    }

    private String ofAccount(String file) throws KeysetStoreException {
        return ofFile(account.resolve(file))
                .orElseThrow(
                        () -> new KeysetStoreException(account.resolve(file) + " does not exist; set the property '"
                                + file + "', or let the pod mount the token of its service account"));
    }

    // The token is replaced in time by the kubelet.
    private static Optional<String> ofFile(Path file) throws KeysetStoreException {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new KeysetStoreException(file + " cannot be read: " + e, e);
        }
    }

    private static void requireName(String property, String value) throws KeysetStoreException {
        if (!value.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
            throw new KeysetStoreException(property + " '" + value + "' is not a name in Kubernetes");
        }
    }
}
