package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.catalina.util.ServerInfo;
import org.conscrypt.Conscrypt;
import org.eclipse.jetty.server.Server;

/** What a reader of the numbers must know of the machine. */
final class Environment {
    private Environment() {}

    static void describe(Results results) throws IOException {
        results.note("begin", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        results.note(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        results.note("processors", Runtime.getRuntime().availableProcessors() + " x " + processor());
        results.note("load average before", loadAverage());
        results.note("client", "Java " + Runtime.version() + "; Conscrypt " + conscrypt());
        results.note("Jetty", Server.getVersion());
        results.note("Tomcat", ServerInfo.getServerNumber());
    }

    private static String conscrypt() {
        Conscrypt.Version version = Conscrypt.version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String loadAverage() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).strip();
    }
}
