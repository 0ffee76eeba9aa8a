package dev.gangway.internal.store.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeysetStoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedCallTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private StoreClient client;
    private ServerSocket server;
    private HttpRequest request;

    private interface Answer {
        void to(OutputStream out) throws IOException;
    }

    @BeforeEach
    void open() throws IOException, KeysetStoreException {
        client = new StoreClient(Optional.empty());
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
                .timeout(LONG)
                .build();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void send_answerThatStopsAfterItsHeaders_endsAtTheLimit() {
        answer(out -> out.write(header("Content-Length: 1000")));

        assertThatThrownBy(() -> BoundedCall.send(client, request, Duration.ofMillis(500)))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void send_answerWithoutEnd_endsAtTheLargestSize() {
        answer(out -> {
            out.write(header("Connection: close"));
            while (true) {
                out.write(new byte[65_536]);
            }
        });

        assertThatThrownBy(() -> BoundedCall.send(client, request, LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than " + BoundedCall.MAX_LENGTH + " bytes");
    }

    private static byte[] header(String field) {
        return ("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void answer(Answer answer) {
        Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                answer.to(socket.getOutputStream());
                // Until the test is over.
                server.accept().close();
            } catch (IOException e) {
                // The client has closed the connection, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
