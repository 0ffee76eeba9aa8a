package dev.gangway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of etcd for a test, on loopback. */
public final class EtcdServer implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<Member> members = new ArrayList<>();

    private static final class Member {
        private final List<String> command;
        private final String url;
        private final Path log;
        private ChildProcess process;

        Member(List<String> command, String url, Path log) {
            this.command = command;
            this.url = url;
            this.log = log;
        }
    }

    private EtcdServer() {}

    /** Starts a cluster of {@code size} members without TLS. */
    public static EtcdServer cluster(Path folder, int size) throws IOException, InterruptedException {
        return start(folder, size, "http", List.of());
    }

    /** Starts one member with TLS for {@code localhost}. {@code folder} has its certificate in {@code server.pem} then. */
    public static EtcdServer withTls(Path folder, Certificates.Held certificate)
            throws IOException, InterruptedException, CertificateEncodingException {
        Path pem = Files.writeString(
                folder.resolve("server.pem"),
                pem("CERTIFICATE", certificate.certificate().getEncoded()));
        Path key = Files.writeString(
                folder.resolve("server.key"),
                pem("PRIVATE KEY", certificate.keys().getPrivate().getEncoded()));
        return start(folder, 1, "https", List.of("--cert-file=" + pem, "--key-file=" + key, "--bcrypt-cost=4"));
    }

    /** All endpoints, separated by commas. */
    public String endpoints() {
        return members.stream().map(member -> member.url).collect(Collectors.joining(","));
    }

    public int size() {
        return members.size();
    }

    /** SIGKILL to one member. */
    public void kill(int member) throws InterruptedException {
        ChildProcess process = members.get(member).process;
        process.close();
        process.awaitEnd();
    }

    /** Starts one member again, with the data that it has. */
    public void restart(int member) throws IOException {
        Member of = members.get(member);
        of.process = ChildProcess.start(
                new ProcessBuilder(of.command).redirectErrorStream(true).redirectOutput(of.log.toFile()));
    }

    /** The body of an answer of one member, which has no TLS. */
    public String call(int member, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(members.get(member).url + path))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        members.forEach(member -> member.process.close());
    }

    private static EtcdServer start(Path folder, int size, String scheme, List<String> options)
            throws IOException, InterruptedException {
        Path program = Path.of("/usr/bin/etcd");
        Prerequisite.require(Files.isExecutable(program), "etcd (Debian package etcd-server)");
        List<Integer> ports = freePorts(2 * size);
        String cluster = IntStream.range(0, size)
                .mapToObj(i -> "m" + i + "=http://127.0.0.1:" + ports.get(size + i))
                .collect(Collectors.joining(","));
        EtcdServer server = new EtcdServer();
        for (int i = 0; i < size; i++) {
            String host = scheme.equals("https") ? "localhost" : "127.0.0.1";
            String url = scheme + "://" + host + ":" + ports.get(i);
            String peer = "http://127.0.0.1:" + ports.get(size + i);
            List<String> command = new ArrayList<>(List.of(
                    program.toString(),
                    "--name=m" + i,
                    "--data-dir=" + folder.resolve("m" + i),
                    "--listen-client-urls=" + scheme + "://127.0.0.1:" + ports.get(i),
                    "--advertise-client-urls=" + url,
                    "--listen-peer-urls=" + peer,
                    "--initial-advertise-peer-urls=" + peer,
                    "--initial-cluster=" + cluster));
            command.addAll(options);
            server.members.add(new Member(command, url, folder.resolve("log" + i)));
            server.restart(i);
        }
        return server;
    }

    private static List<Integer> freePorts(int number) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }
}
