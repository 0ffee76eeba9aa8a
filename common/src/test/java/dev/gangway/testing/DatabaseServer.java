package dev.gangway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A database server of its own for a test, on loopback, with user {@value #USER} and password {@value #PASSWORD}. */
public final class DatabaseServer implements AutoCloseable {
    public static final String USER = "gangway";
    public static final String PASSWORD = "secret";

    private final List<String> command;
    private final String url;
    private final Path log;
    private final DatabaseDumps dumps;
    private ChildProcess process;

    private DatabaseServer(List<String> command, String url, Path log, DatabaseDumps dumps) {
        this.command = command;
        this.url = url;
        this.log = log;
        this.dumps = dumps;
    }

    /** @param folder an empty folder, whose owner may change */
    public static DatabaseServer postgreSql(Path folder) throws IOException, InterruptedException, SQLException {
        Optional<Path> programs = postgreSqlPrograms();
        Prerequisite.require(programs.isPresent(), "PostgreSQL (Debian package postgresql)");
        Path data = folder.resolve("data");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        boolean isRoot = System.getProperty("user.name").equals("root");
        if (isRoot) {
            // It refuses to run as root.
            for (Path path : List.of(folder, password)) {
                Files.setOwner(
                        path,
                        path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            }
        }
        run(as(
                isRoot,
                programs.get() + "/initdb",
                "-D",
                data,
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "--locale=C",
                "-E",
                "UTF8",
                "--no-sync"));
        int port = freePort();
        List<String> command = as(
                isRoot,
                programs.get() + "/postgres",
                "-D",
                data,
                "-p",
                port,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=");
        return started(
                command,
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                folder.resolve("log"),
                DatabaseDumps.postgreSql(programs.get(), port));
    }

    /** @param folder an empty folder */
    public static DatabaseServer mariaDb(Path folder) throws IOException, InterruptedException, SQLException {
        Path program = Path.of("/usr/sbin/mariadbd");
        Prerequisite.require(Files.isExecutable(program), "MariaDB (Debian package mariadb-server)");
        Path data = folder.resolve("data");
        String user = "--user=" + System.getProperty("user.name");
        run(as(false, "/usr/bin/mariadb-install-db", "--no-defaults", "--datadir=" + data, "--skip-test-db", user));
        Path init = Files.writeString(
                folder.resolve("init.sql"),
                "CREATE DATABASE IF NOT EXISTS fleet;\nCREATE USER IF NOT EXISTS " + USER + " IDENTIFIED BY '"
                        + PASSWORD + "';\nGRANT ALL ON fleet.* TO " + USER + ";\n");
        int port = freePort();
        List<String> command = as(
                false,
                program,
                "--no-defaults",
                "--datadir=" + data,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("s"),
                "--init-file=" + init,
                user,
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=16M");
        return started(
                command,
                "jdbc:mariadb://127.0.0.1:" + port + "/fleet",
                folder.resolve("log"),
                DatabaseDumps.mariaDb(port));
    }

    public String url() {
        return url;
    }

    /** The URL by which a client reaches this server through a network of its own. */
    public String url(FaultyNetwork network) {
        return url.replace(":" + port() + "/", ":" + network.port() + "/");
    }

    public int port() {
        return Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    /** What the database's own program for backups writes of one table. */
    public String backup(String table) throws IOException, InterruptedException {
        return dumps.backup(table);
    }

    /** Replaces a table by what it was at the time of {@code backup}. */
    public void restore(String backup) throws IOException, InterruptedException {
        dumps.restore(backup);
    }

    public void execute(String sql) throws SQLException {
        execute(sql, PASSWORD);
    }

    /** As {@link #execute(String)}, after the password was changed. */
    public void execute(String sql, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, USER, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** SIGKILL to every process of the server. */
    public void kill() throws InterruptedException {
        process.close();
        process.awaitEnd();
    }

    /** Lets the server hang, with all that it has; or go on. */
    public void pause(boolean isPaused) throws IOException, InterruptedException {
        run(List.of(
                "kill",
                isPaused ? "-STOP" : "-CONT",
                String.valueOf(process.process().pid())));
    }

    public void start() throws IOException, InterruptedException {
        process = ChildProcess.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
        boolean isUp = Await.comesTrue(() -> {
            try {
                execute("SELECT 1");
                return true;
            } catch (SQLException e) {
                return false;
            }
        });
        if (!isUp) {
            throw new AssertionError("the database does not start: " + Files.readString(log));
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private static DatabaseServer started(List<String> command, String url, Path log, DatabaseDumps dumps)
            throws IOException, InterruptedException {
        DatabaseServer server = new DatabaseServer(command, url, log, dumps);
        server.start();
        return server;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        ChildProcess.Ended ended = ChildProcess.run(command, "");
        if (ended.exitCode() != 0) {
            throw new AssertionError(command + ": " + ended.output());
        }
    }

    private static List<String> as(boolean unprivileged, Object... words) {
        List<String> command = new ArrayList<>();
        Stream.of(words).map(String::valueOf).forEach(command::add);
        return unprivileged ? UnprivilegedUser.running(command) : command;
    }

    private static Optional<Path> postgreSqlPrograms() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(all)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
