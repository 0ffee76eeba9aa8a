package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.util.List;

/** A Redis server that stores nothing on disk. */
final class RedisServer implements AutoCloseable {
    private final ServerProcess process;
    private final int port;

    private RedisServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static RedisServer start(Programs programs, FleetFiles files) throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        List<String> command = List.of(
                programs.path("redis-server"),
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                files.directory().toString(),
                "--logfile",
                files.directory().resolve("redis.out").toString());
        ServerProcess process =
                ServerProcess.start("redis", command, files.directory().resolve("redis.log"));
        try {
            process.awaitPort(port);
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
        return new RedisServer(process, port);
    }

    int port() {
        return port;
    }

    long cpuMicros() {
        return process.cpuMicros();
    }

    @Override
    public void close() {
        process.close();
    }
}
