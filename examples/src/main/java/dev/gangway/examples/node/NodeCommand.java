package dev.gangway.examples.node;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.examples.status.LoopbackHttp;
import dev.gangway.internal.keys.Durations;
import dev.gangway.status.StatusPage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one node until the process is terminated. */
@Command(
        name = "node",
        description =
                "Runs one web server on 127.0.0.1 and prints 'READY https://127.0.0.1:PORT' when it accepts connections."
                        + " GET / returns whether the connection was resumed, GET /sessions the number of stored sessions.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class NodeCommand implements Callable<Integer> {
    @Option(names = "--container", required = true, description = "${COMPLETION-CANDIDATES}")
    private ContainerKind container;

    @Option(
            names = "--engine",
            defaultValue = "jdk",
            description = "TLS implementation, jdk or conscrypt (default: ${DEFAULT-VALUE}).")
    private String engine;

    @Option(names = "--port", defaultValue = "0", description = "0 means any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--keys",
            defaultValue = "random:",
            description =
                    "The source of ticket keys: file:PATH, or random: (default). Several raw key files may be given"
                            + " with one option each, the one that seals first.")
    private List<String> keys;

    @Option(names = "--stock", description = "The container without Gangway.")
    private boolean stock;

    @Option(names = "--name", description = "The name of the node in its responses (default: the container).")
    private String name;

    @ArgGroup
    private CertificateOptions certificate;

    @Option(names = "--ticket-lifetime", description = "How long a session can be resumed, such as 6h.")
    private String ticketLifetime = Durations.format(TicketSettings.DEFAULT.ticketLifetime());

    @Option(names = "--poll-interval", description = "How often the keys are read, such as 10s.")
    private String pollInterval = Durations.format(TicketSettings.DEFAULT.pollInterval());

    @Option(names = "--exit-with-parent", hidden = true)
    private boolean exitWithParent;

    @Option(names = "--status", hidden = true)
    private boolean status;

    /** The source of the certificate; without these options the node makes one. */
    static final class CertificateOptions {
        @ArgGroup(exclusive = false)
        private KeyStoreOptions keyStore;

        @Option(
                names = "--state",
                description = "Directory through which the nodes of this machine share a self-signed certificate.")
        private Path state;

        Optional<ServerKeyStore> keyStore() throws IOException, GeneralSecurityException {
            if (keyStore != null) {
                return Optional.of(new ServerKeyStore(keyStore.file, keyStore.password));
            }
            return Optional.of(StateDirectory.at(state).certificate());
        }
    }

    /** An existing key store. */
    static final class KeyStoreOptions {
        @Option(names = "--keystore", required = true, description = "Key store file with the server's certificate.")
        private Path file;

        @Option(names = "--storepass", required = true, description = "Its password.")
        private String password;
    }

    @Override
    public Integer call() throws Exception {
        if (exitWithParent) {
            ExitWithParent.start();
        }
        RunningNode node = RunningNode.start(new NodeSettings(
                name == null ? container.toString() : name,
                container,
                port,
                stock,
                TicketSettings.ofKeys(KeyOptions.join(keys))
                        .withEngine(engine)
                        .withTicketLifetime(Durations.parse("ticketLifetime", ticketLifetime))
                        .withPollInterval(Durations.parse("pollInterval", pollInterval)),
                certificate == null ? Optional.empty() : certificate.keyStore()));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "shutdown"));
        if (status) {
            // Without TLS, because otherwise requests for the status would be counted as handshakes.
            System.out.println("STATUS "
                    + LoopbackHttp.start(0, StatusPage.ofThisJvm()::part).url());
        }
        System.out.println("READY https://127.0.0.1:" + node.port());
        new CountDownLatch(1).await();
        return 0;
    }
}
