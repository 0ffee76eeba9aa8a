package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.ExternalCommand;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.Prerequisite;
import dev.gangway.testing.UnprivilegedUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's package {@code tomcat10} below a directory that stands for {@code /}, as its installation leaves it. User and group
 * {@code tomcat} are {@code nobody} and {@code nogroup}.
 */
final class DebianTomcat {
    private static final Path PACKAGES = Path.of("target", "debian").toAbsolutePath();

    private static final List<String> PATHS = List.of(
            "/etc/tomcat10", "/etc/default/tomcat10", "/var/lib/tomcat10", "/usr/share/tomcat10", "/usr/libexec/");
    private static final Pattern STARTED = Pattern.compile("Server startup in \\[");
    private static final Pattern PORT = Pattern.compile("Starting ProtocolHandler \\[\"https-[^\"]*-(\\d+)\"\\]");
    private static final Pattern ENVIRONMENT = Pattern.compile("(?m)^Environment=\"(\\w+)=(.*)\"$");
    private static final Pattern START = Pattern.compile("(?m)^ExecStart=(.*)$");

    private final Path root;

    private DebianTomcat(Path root) {
        this.root = root;
    }

    /** Skips the test where there is no such package. */
    static DebianTomcat install(Path root, Path keyStore) throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        Prerequisite.require(Files.isDirectory(PACKAGES), "Debian's package tomcat10: run .ci/install-clients");
        DebianTomcat tomcat = new DebianTomcat(root);
        String connector =
                TomcatBase.connector("", TomcatBase.host("", keyStore)).replace('\n', ' ');
        Path script = Files.writeString(root.resolveSibling(root.getFileName() + ".sh"), """
                set -eu
                cp -a %1$s %2$s
                cd %2$s
                # What the package's postinst does.
                for file in usr/share/tomcat10/etc/*; do
                  install -o root -g nogroup -m 640 "$file" etc/tomcat10/
                done
                install -D -m 644 usr/share/tomcat10/default.template etc/default/tomcat10
                mkdir -p var/log/tomcat10 var/cache/tomcat10 var/lib/tomcat10/webapps/ROOT
                echo Hello > var/lib/tomcat10/webapps/ROOT/index.html
                chown -Rh nobody:nogroup var/lib/tomcat10/lib var/lib/tomcat10/webapps var/log/tomcat10 var/cache/tomcat10
                # Links and scripts name files below the root.
                ln -sfn %2$s/etc/tomcat10 var/lib/tomcat10/conf
                sed -i 's|/etc/default/tomcat10|%2$s&|; s|/usr/libexec/|%2$s&|' usr/libexec/tomcat10/*.sh
                """.formatted(PACKAGES, root));
        ExternalCommand.run(List.of("sh", script.toString()), "");
        Path serverXml = tomcat.path("/etc/tomcat10/server.xml");
        String stock = Files.readString(serverXml);
        String changed = Pattern.compile("(?s)<Connector port=\"8080\".*?/>")
                .matcher(stock)
                .replaceFirst(Matcher.quoteReplacement(connector));
        assertThat(changed).isNotEqualTo(stock);
        Files.writeString(serverXml, changed);
        return tomcat;
    }

    /** Where a file of the installed package is. */
    Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** Commands of a page with the paths and the group of this machine. */
    String here(String commands) {
        String here = commands.replace("--group=tomcat", "--group=nogroup");
        for (String path : PATHS) {
            here = here.replace(path, root + path);
        }
        return here;
    }

    void addListener(String line) throws IOException {
        Path serverXml = path("/etc/tomcat10/server.xml");
        String before = Files.readString(serverXml);
        Matcher server = Pattern.compile("<Server [^>]*>").matcher(before);
        assertThat(server.find()).isTrue();
        Files.writeString(
                serverXml, before.substring(0, server.end()) + "\n" + here(line) + before.substring(server.end()));
    }

    /** Starts the service as its unit says, as an unprivileged user who cannot gain privileges. */
    DistributionProcess start() throws IOException {
        String unit = Files.readString(path("/lib/systemd/system/tomcat10.service"));
        Map<String, String> environment = new HashMap<>();
        ENVIRONMENT.matcher(unit).results().forEach(line -> environment.put(line.group(1), here(line.group(2))));
        environment.put("JAVA_HOME", JavaInstallations.running().home().toString());
        assertThat(unit).contains("NoNewPrivileges=true");
        Matcher start = START.matcher(unit);
        assertThat(start.find()).isTrue();
        List<String> command = new ArrayList<>(List.of("/usr/bin/setpriv", "--no-new-privs"));
        command.addAll(UnprivilegedUser.running(List.of(here(start.group(1)).split(" "))));
        return DistributionProcess.start(
                path("/var/lib/tomcat10"), environment, Files.createTempFile(root, "console", ".log"), command);
    }

    static int port(DistributionProcess process) throws Exception {
        process.await(STARTED);
        return Integer.parseInt(process.await(PORT).group(1));
    }
}
