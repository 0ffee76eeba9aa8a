package dev.gangway.internal.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gangway.KeysetStoreException;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.Certificates.Held;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreClientTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void send_trustedCertificatesReplacedInPlace_trustsTheNewOnesWithoutARestart() throws Exception {
        Held old = Certificates.server("localhost");
        Held renewed = Certificates.server("localhost");
        Path pem = folder.resolve("ca.pem");
        write(pem, old);
        HttpsServer first = serve(old);
        HttpsServer second = serve(renewed);
        try (StoreClient client = new StoreClient(Optional.of(pem))) {
            assertThat(answerOf(client, first)).isEqualTo("ok");
            assertThatThrownBy(() -> answerOf(client, second)).isInstanceOf(IOException.class);

            write(pem, renewed);
            assertThat(answerOf(client, second)).isEqualTo("ok");
            assertThatThrownBy(() -> answerOf(client, first)).isInstanceOf(IOException.class);

            Files.writeString(pem, "");
            assertThatThrownBy(() -> answerOf(client, second))
                    .isInstanceOf(KeysetStoreException.class)
                    .hasMessageContaining("trustedCertificates " + pem);
            Files.delete(pem);
            assertThatThrownBy(() -> answerOf(client, second))
                    .isInstanceOf(KeysetStoreException.class)
                    .hasMessageContaining("trustedCertificates " + pem);
            write(pem, renewed);
            assertThat(answerOf(client, second)).isEqualTo("ok");
        } finally {
            first.stop(0);
            second.stop(0);
        }
    }

    /** Calls of another thread, such as a watch. */
    @Test
    void send_trustedCertificatesReplaced_oldClientEndsAfterItsLastCall() throws Exception {
        Held certificate = Certificates.server("localhost");
        Path pem = folder.resolve("ca.pem");
        write(pem, certificate);
        HttpsServer server = serve(certificate);
        HttpsServer slow = serve(certificate);
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        slow.createContext("/slow", exchange -> {
            arrived.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        Set<Thread> others = selectors();
        try (StoreClient client = new StoreClient(Optional.of(pem))) {
            HttpRequest request =
                    request("https://localhost:" + slow.getAddress().getPort() + "/slow");
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return BoundedCall.send(client, request, LONG).statusCode();
                } catch (IOException | InterruptedException | KeysetStoreException e) {
                    throw new CompletionException(e);
                }
            });
            assertThat(arrived.await(2, TimeUnit.MINUTES)).isTrue();
            Set<Thread> ofOldClient = selectors();
            ofOldClient.removeAll(others);
            assertThat(ofOldClient).isNotEmpty();
            write(pem, certificate, certificate);
            assertThat(answerOf(client, server)).isEqualTo("ok");
            answer.countDown();
            assertThat(running.get(2, TimeUnit.MINUTES)).isEqualTo(204);
            Await.collected(
                    "the old client has ended", () -> ofOldClient.stream().noneMatch(Thread::isAlive));
            assertThat(answerOf(client, server)).isEqualTo("ok");
        } finally {
            answer.countDown();
            server.stop(0);
            slow.stop(0);
        }
    }

    /** Two threads may read the file before and after a change, and use what they have read in the other order. */
    @Test
    void send_anotherThreadHasReadANewerFile_trustsTheNewOne() throws Exception {
        Held old = Certificates.server("localhost");
        Held renewed = Certificates.server("localhost");
        Path pem = folder.resolve("ca.pem");
        write(pem, old);
        byte[] first = Files.readAllBytes(pem);
        AtomicBoolean isLate = new AtomicBoolean();
        HttpsServer server = serve(renewed);
        try (StoreClient client = new StoreClient(
                Optional.of(pem), () -> isLate.getAndSet(false) ? first : TrustedCertificates.read(Optional.of(pem)))) {
            write(pem, renewed);
            assertThat(answerOf(client, server)).isEqualTo("ok");
            isLate.set(true);
            assertThat(answerOf(client, server)).isEqualTo("ok");
            assertThat(isLate).isFalse();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void send_trustedCertificatesWithoutEnd_isRefused() throws Exception {
        Path pem = folder.resolve("ca.pem");
        Files.write(pem, new byte[TrustedCertificates.MAX_LENGTH + 1]);
        assertThatThrownBy(() -> new StoreClient(Optional.of(pem)).close())
                .isInstanceOf(KeysetStoreException.class)
                .hasMessageContaining("trustedCertificates " + pem + " has more than 1048576 bytes");
    }

    @Test
    void close_callsThatWaitForTheServer_end() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            StoreClient client = new StoreClient(Optional.empty());
            HttpRequest request = request("http://127.0.0.1:" + server.getLocalPort());
            CompletableFuture<Throwable> call =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> BoundedCall.send(client, request, LONG)));
            CompletableFuture<Throwable> watch = CompletableFuture.supplyAsync(() ->
                    catchThrowable(() -> Watch.await(client, request, json -> Watch.Line.NOTHING, LONG, "server")));
            try (Socket one = server.accept();
                    Socket two = server.accept()) {
                assertThat(one.isConnected() && two.isConnected()).isTrue();
                client.close();
                for (CompletableFuture<Throwable> waiting : Set.of(call, watch)) {
                    assertThat(waiting.get(1, TimeUnit.MINUTES))
                            .isInstanceOf(KeysetStoreException.class)
                            .hasMessage("the store is closed");
                }
            }
            assertThatThrownBy(() -> BoundedCall.send(client, request, LONG)).hasMessage("the store is closed");
        }
    }

    /** Also if somebody still refers to the store. */
    @Test
    void close_clientThatWasUsed_leavesNoThread() throws Exception {
        Held certificate = Certificates.server("localhost");
        Path pem = folder.resolve("ca.pem");
        write(pem, certificate);
        HttpsServer server = serve(certificate);
        StoreClient client = new StoreClient(Optional.of(pem));
        try {
            Set<Thread> others = selectors();
            write(pem, certificate, certificate);
            assertThat(answerOf(client, server)).isEqualTo("ok");
            assertThat(selectors()).anyMatch(thread -> !others.contains(thread));
            client.close();
            Await.until("the client's threads have ended", () -> {
                System.gc();
                return others.containsAll(selectors());
            });
            assertThat(client).isNotNull();
        } finally {
            client.close();
            server.stop(0);
        }
    }

    private static Set<Thread> selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .collect(Collectors.toSet());
    }

    private static String answerOf(StoreClient client, HttpsServer server) throws Exception {
        HttpRequest request = request("https://localhost:" + server.getAddress().getPort());
        return BoundedCall.send(client, request, LONG).body();
    }

    private static HttpRequest request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(LONG).build();
    }

    private static HttpsServer serve(Held certificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(Certificates.keyManagers(certificate), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = "ok".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void write(Path file, Held... certificates) throws Exception {
        StringBuilder pem = new StringBuilder();
        for (Held certificate : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(certificate.certificate().getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Files.writeString(file, pem);
    }
}
