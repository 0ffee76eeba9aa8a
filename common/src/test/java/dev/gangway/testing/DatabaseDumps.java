package dev.gangway.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs of a database that back up and restore a table. */
final class DatabaseDumps {
    private final List<String> dump;
    private final List<String> restore;

    private DatabaseDumps(List<String> dump, List<String> restore) {
        this.dump = dump;
        this.restore = restore;
    }

    static DatabaseDumps postgreSql(Path programs, int port) {
        String database = "--dbname=postgresql://" + DatabaseServer.USER + ":" + DatabaseServer.PASSWORD + "@127.0.0.1:"
                + port + "/postgres";
        return new DatabaseDumps(
                List.of(programs.resolve("pg_dump").toString(), database, "--clean", "--table"),
                List.of(
                        programs.resolve("psql").toString(),
                        database,
                        "--no-psqlrc",
                        "--quiet",
                        "--single-transaction",
                        "--set=ON_ERROR_STOP=1"));
    }

    static DatabaseDumps mariaDb(int port) {
        List<String> login = List.of(
                "--no-defaults",
                "--protocol=tcp",
                "--host=127.0.0.1",
                "--port=" + port,
                "--user=" + DatabaseServer.USER,
                "--password=" + DatabaseServer.PASSWORD,
                "fleet");
        return new DatabaseDumps(with("/usr/bin/mariadb-dump", login), with("/usr/bin/mariadb", login));
    }

    String backup(String table) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(dump);
        command.add(table);
        return run(command, "");
    }

    void restore(String backup) throws IOException, InterruptedException {
        run(restore, backup);
    }

    private static List<String> with(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        return command;
    }

    private static String run(List<String> command, String input) throws IOException, InterruptedException {
        ChildProcess.Ended ended = ChildProcess.run(command, input);
        if (ended.exitCode() != 0) {
            throw new AssertionError(command + ": " + ended.output());
        }
        return ended.output();
    }
}
