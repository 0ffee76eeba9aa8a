package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.OpenSslClient;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.testing.Certificates;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiles the README's code for embedded Jetty and runs two servers with it; only the paths differ. */
class ReadmeEmbeddedJettyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tls1_2", "tls1_3"})
    void snippet_twoServers_shareTickets(String tls) throws Exception {
        Path keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        Path keys = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keys, FleetKeys.fresh());
        List<String> blocks = MarkdownSnippets.of("README.md", "## Jetty").in("java");
        assertThat(blocks).hasSize(1);
        String snippet = blocks.get(0)
                .replace("/etc/jetty/keystore.p12", keyStore.toString())
                .replace("/etc/gangway/ticket.keys", keys.toString());
        try (CompiledSnippet compiled = CompiledSnippet.of(folder, """
                import dev.gangway.jetty.GangwaySslContextFactory;
                import org.eclipse.jetty.server.Server;
                import org.eclipse.jetty.server.ServerConnector;

                public final class Snippet {
                    public static ServerConnector connector(Server server) {
                %s
                        return connector;
                    }
                }
                """.formatted(snippet))) {
            Server a = start(compiled);
            Server b = start(compiled);
            try {
                Path session = folder.resolve("session.pem");
                assertThat(OpenSslClient.connect(port(a), "localhost", tls, "-sess_out", session))
                        .isEqualTo("New");
                assertThat(OpenSslClient.connect(port(b), "localhost", tls, "-sess_in", session))
                        .isEqualTo("Reused");
            } finally {
                a.stop();
                b.stop();
            }
        }
    }

    private static Server start(CompiledSnippet snippet) throws Exception {
        Server server = new Server();
        ServerConnector connector = (ServerConnector) snippet.call("connector", server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.write(true, null, callback);
                return true;
            }
        });
        server.start();
        return server;
    }

    private static int port(Server server) {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }
}
