package dev.gangway.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Clients that connect as fast as they can. */
final class Load implements AutoCloseable {
    private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private final List<LoadClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Load() {}

    /**
     * @param certificates the clients' certificates, each used in every protocol version; empty for clients without one
     * @param happening the current fault, for messages about failures
     */
    static Load on(int port, List<Optional<Certificates.Held>> certificates, Supplier<String> happening) {
        Load load = new Load();
        for (String protocol : PROTOCOLS) {
            for (Optional<Certificates.Held> certificate : certificates) {
                LoadClient client = new LoadClient(protocol, certificate, port, happening);
                Thread thread = new Thread(client, "chaos-" + protocol);
                thread.setDaemon(true);
                load.clients.add(client);
                load.threads.add(thread);
            }
        }
        load.threads.forEach(Thread::start);
        return load;
    }

    /** Waits until each client has completed {@code count} connections that begin after this call. */
    void await(int count) throws Exception {
        for (LoadClient client : clients) {
            client.await(count);
        }
    }

    void requireResumption() throws Exception {
        for (LoadClient client : clients) {
            // In the first connection, the client may have no ticket, or one of a destroyed key; it gets a new one.
            assertThat(client.await(2))
                    .as("%s: the second connection resumes", client.summary())
                    .isTrue();
        }
    }

    void requireNoFailure() {
        List<String> failures =
                clients.stream().flatMap(client -> client.failures().stream()).toList();
        assertThat(failures)
                .withFailMessage(() -> "handshakes failed:\n" + String.join("\n", failures) + "\n" + summary())
                .isEmpty();
    }

    String summary() {
        return clients.stream().map(LoadClient::summary).collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
        clients.forEach(LoadClient::stop);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
