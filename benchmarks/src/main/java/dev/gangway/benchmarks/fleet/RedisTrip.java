package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one command to a Redis on the same machine costs, in µs of CPU time.
 *
 * @param command {@code GET} or {@code SET} of a session
 * @param nodeMicros of the Java process that asks
 * @param redisMicros of Redis
 */
record RedisTrip(String command, double nodeMicros, double redisMicros) {
    static final String GET = "GET";
    static final String SET = "SET";
    static final String PROGRAM = "redis-server";

    private static final int ROUNDS = 5;
    private static final int TRIPS = 20_000;
    private static final int KEY = 32;
    // A session with the server's certificates in it, as SunJSSE's are.
    private static final int SESSION = 1700;

    double micros() {
        return nodeMicros + redisMicros;
    }

    /** Adds rounds of both commands to {@code results}; tells why if it cannot. */
    static Optional<String> measure(Programs programs, FleetFiles files, boolean quick, Results results)
            throws IOException, InterruptedException {
        if (programs.installed(PROGRAM).isEmpty()) {
            return Optional.of(PROGRAM);
        }
        results.note(PROGRAM, programs.version(PROGRAM));
        int trips = quick ? TRIPS / 100 : TRIPS;
        try (RedisServer redis = RedisServer.start(programs, files);
                RedisConnection connection = new RedisConnection(redis.port())) {
            byte[][] keys = new byte[trips][KEY];
            SecureRandom random = new SecureRandom();
            for (byte[] key : keys) {
                random.nextBytes(key);
            }
            byte[] session = new byte[SESSION];
            for (int round = 0; round <= ROUNDS; round++) {
                RedisTrip set = time(SET, redis, keys, key -> connection.set(key, session, FleetFiles.TICKET_LIFETIME));
                RedisTrip get = time(GET, redis, keys, connection::get);
                // The first round compiles the code.
                if (round > 0) {
                    results.add(set);
                    results.add(get);
                }
            }
        }
        return Optional.empty();
    }

    private interface Command {
        void send(byte[] key) throws IOException;
    }

    private static RedisTrip time(String name, RedisServer redis, byte[][] keys, Command command) throws IOException {
        long own = ProcessHandle.current().pid();
        long node = ProcFiles.cpuMicros(own);
        long server = redis.cpuMicros();
        for (byte[] key : keys) {
            command.send(key);
        }
        return new RedisTrip(
                name,
                (ProcFiles.cpuMicros(own) - node) / (double) keys.length,
                (redis.cpuMicros() - server) / (double) keys.length);
    }

    String line() {
        return String.format(Locale.ROOT, "%s,%.2f,%.2f", command, nodeMicros, redisMicros);
    }

    static RedisTrip parse(List<String> v) {
        return new RedisTrip(v.get(0), Double.parseDouble(v.get(1)), Double.parseDouble(v.get(2)));
    }
}
