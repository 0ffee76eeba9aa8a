package dev.gangway.examples.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.status.StatusPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackHttpTest {
    private LoopbackHttp http;

    @BeforeEach
    void start() throws IOException {
        http = LoopbackHttp.start(0, StatusPage.showing(() -> "{\"nodes\":[]}")::part);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void get_fromThisMachine_isAnsweredWithTheHeaders() throws IOException {
        for (String host : List.of("127.0.0.1:" + http.url().getPort(), "localhost:8080", "localhost", "[::1]:80")) {
            assertThat(send("GET /status.json HTTP/1.1", host))
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("content-security-policy: default-src 'self'")
                    .containsIgnoringCase("cache-control: no-store")
                    .endsWith("{\"nodes\":[]}");
        }
    }

    @Test
    void get_underAnotherName_isForbidden() throws IOException {
        for (String host : List.of("example.com", "127.0.0.1.example.com", "localhost.example.com:80", "")) {
            assertThat(send("GET /status.json HTTP/1.1", host)).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void head_data_hasNoBody() throws IOException {
        assertThat(send("HEAD /status.json HTTP/1.1", "localhost"))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("content-length: 12")
                .endsWith("\r\n\r\n");
    }

    @Test
    void otherMethods_andPaths_areRefused() throws IOException {
        assertThat(send("POST /status.json HTTP/1.1", "localhost"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("allow: GET, HEAD");
        assertThat(send("GET /connections/0.json HTTP/1.1", "localhost")).startsWith("HTTP/1.1 404 ");
        assertThat(send("GET /../status.json HTTP/1.1", "localhost")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void start_portTaken_saysWhich() {
        int port = http.url().getPort();

        assertThatThrownBy(() -> LoopbackHttp.start(port, path -> Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + port + " cannot be had for the status page");
    }

    // Not with the JDK's clients, in which a test cannot set the Host header.
    private String send(String request, String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), http.url().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((request + "\r\nHost: " + host + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
