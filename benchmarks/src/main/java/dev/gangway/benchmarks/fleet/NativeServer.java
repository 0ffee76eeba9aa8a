package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.server.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A node that is nginx or HAProxy, with one thread, and the same answer as the others. */
record NativeServer(Server server, String name, FleetFiles files, Programs programs) {
    /** Writes the configuration, and returns the command that starts the server. */
    List<String> command(List<Listener> listeners, List<Integer> ports) throws IOException {
        Path directory = Files.createDirectories(files.directory().resolve(name));
        Path configuration = directory.resolve("configuration");
        String program = programs.path(server.name());
        if (server.kind() == Server.Kind.NGINX) {
            Files.writeString(configuration, nginx(listeners, ports));
            return List.of(program, "-p", directory.toString(), "-c", configuration.toString());
        }
        Files.writeString(configuration, haproxy(listeners, ports));
        return List.of(program, "-db", "-f", configuration.toString());
    }

    private String nginx(List<Listener> listeners, List<Integer> ports) {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < listeners.size(); i++) {
            Listener listener = listeners.get(i);
            servers.append("""
                      server {
                        listen 127.0.0.1:%d ssl backlog=%d;
                        ssl_certificate %s;
                        ssl_certificate_key %3$s;
                        %s
                        default_type application/json;
                        return 200 '%s';
                      }
                    """.formatted(
                            ports.get(i),
                            Answer.BACKLOG,
                            files.pem(listener.certificate()),
                            listener.clientCertificates()
                                    ? "ssl_client_certificate " + files.clientRoot()
                                            + "; ssl_verify_client on; ssl_verify_depth 3;"
                                    : "",
                            Answer.BODY));
        }
        return """
                daemon off;
                pid nginx.pid;
                worker_processes 1;
                error_log stderr;
                events { worker_connections 2048; }
                http {
                  access_log off;
                  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
                  ssl_protocols TLSv1.2 TLSv1.3;
                  ssl_session_ticket_key %s;
                  ssl_session_timeout %dm;
                %s}
                """.formatted(files.nginxKey(), FleetFiles.TICKET_LIFETIME.toMinutes(), servers);
    }

    private String haproxy(List<Listener> listeners, List<Integer> ports) {
        StringBuilder binds = new StringBuilder();
        for (int i = 0; i < listeners.size(); i++) {
            Listener listener = listeners.get(i);
            binds.append("  bind 127.0.0.1:%d ssl crt %s tls-ticket-keys %s backlog %d%s%n"
                    .formatted(
                            ports.get(i),
                            files.pem(listener.certificate()),
                            files.haproxyKeys(),
                            Answer.BACKLOG,
                            listener.clientCertificates() ? " verify required ca-file " + files.clientRoot() : ""));
        }
        return """
                global
                  nbthread 1
                  maxconn 2000
                  tune.ssl.lifetime %d
                defaults
                  mode http
                  timeout client 30s
                  timeout connect 30s
                  timeout server 30s
                frontend bench
                %s  http-request return status 200 content-type application/json string "%s"
                """.formatted(FleetFiles.TICKET_LIFETIME.toSeconds(), binds, Answer.BODY.replace("\"", "\\\""));
    }
}
