package dev.gangway.tomcat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's nginx, with one TLS server on a free port of the loopback interface. */
final class NginxNode implements AutoCloseable {
    private final ChildProcess process;
    private final int port;

    private NginxNode(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The path of nginx, if it is installed. */
    static Optional<Path> installed() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param trusted the authorities of accepted clients; if empty, nginx requests no client certificate */
    static NginxNode start(Path folder, Path ticketKey, Certificates.Held server, Certificates.Held... trusted)
            throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        pem(folder.resolve("server.pem"), server);
        key(folder.resolve("server.key"), server);
        String clients = "";
        if (trusted.length > 0) {
            pem(folder.resolve("clients.pem"), trusted);
            clients = "ssl_client_certificate clients.pem; ssl_verify_client on;";
        }
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                pid nginx.pid;
                error_log stderr notice;
                events {}
                http {
                  access_log off;
                  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
                  server {
                    listen 127.0.0.1:%d ssl;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    ssl_certificate server.pem;
                    ssl_certificate_key server.key;
                    ssl_session_ticket_key %s;
                    ssl_session_cache off;
                    ssl_session_timeout 6h;
                    %s
                    return 200 nginx;
                  }
                }
                """.formatted(port, ticketKey, clients));
        ChildProcess process = ChildProcess.start(
                new ProcessBuilder(installed().orElseThrow().toString(), "-p", folder.toString(), "-c", "nginx.conf")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("nginx.log").toFile()));
        NginxNode node = new NginxNode(process, port);
        node.awaitListening(folder.resolve("nginx.log"));
        return node;
    }

    private void awaitListening(Path log) throws Exception {
        long giveUpAt = System.nanoTime() + ChildProcess.TIMEOUT.toNanos();
        while (System.nanoTime() < giveUpAt) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (process.process().waitFor(20, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        close();
        throw new IOException("nginx does not start: " + Files.readString(log));
    }

    int port() {
        return port;
    }

    static void pem(Path file, Certificates.Held... certificates) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Certificates.Held held : certificates) {
            try {
                text.append(block("CERTIFICATE", held.certificate().getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new AssertionError(e);
            }
        }
        Files.writeString(file, text);
    }

    static void key(Path file, Certificates.Held held) throws IOException {
        Files.writeString(file, block("PRIVATE KEY", held.keys().getPrivate().getEncoded()));
    }

    private static String block(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }

    @Override
    public void close() {
        process.stop();
    }
}
