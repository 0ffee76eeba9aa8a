package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/tomcat.md for Debian's package, word for word but for the paths, and what Tomcat says if one is left out. */
class DebianTomcatTest {
    private final MarkdownSnippets page = MarkdownSnippets.of("docs/tomcat.md", "## Debian's package");
    private final List<String> steps = page.in("sh");

    @TempDir
    Path folder;

    private Path keyStore;

    DebianTomcatTest() throws IOException {}

    @BeforeEach
    void standInACheckout() throws IOException {
        assertThat(steps).as("package, jar and flag, keys, restart").hasSize(4);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(folder.resolve("tomcat-module"), RepositoryFiles.ROOT.resolve("tomcat-module"));
        keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
    }

    @Test
    void steps_onTwoNodes_shareTicketsWithTheJdkAndConscrypt() throws Exception {
        DebianTomcat a = DebianTomcat.install(folder.resolve("a"), keyStore);
        DebianTomcat b = DebianTomcat.install(folder.resolve("b"), keyStore);
        run(a.here(steps.get(1)));
        run(b.here(steps.get(1)));
        run(a.here(steps.get(2)));
        run("cp -p " + a.path("/etc/tomcat10/ticket.keys") + " " + b.path("/etc/tomcat10/ticket.keys"));
        a.addListener(page.in("xml").get(0));
        b.addListener(page.in("xml").get(0));
        assertShared(a, b);
        run(a.here("java -jar /var/lib/tomcat10/lib/gangway-tomcat-*-dropin.jar keys rotate /etc/tomcat10/ticket.keys"
                + " --allow=group"));

        for (DebianTomcat tomcat : List.of(a, b)) {
            Files.copy(
                    ContainerArchive.file("conscrypt-openjdk-uber-2.6.0.jar"),
                    tomcat.path("/var/lib/tomcat10/lib/conscrypt.jar"));
            run(tomcat.here("sed -i 's/?allow=group\"/& engine=\"conscrypt\"/' /etc/tomcat10/server.xml"));
            run(tomcat.here("sed -i /add-opens/d /etc/default/tomcat10"));
        }
        assertShared(a, b);
    }

    @Test
    void steps_oneLeftOut_tomcatNamesTheWayOut() throws Exception {
        DebianTomcat tomcat = DebianTomcat.install(folder.resolve("a"), keyStore);
        run(tomcat.here(steps.get(1)));
        tomcat.addListener(page.in("xml").get(0).replace("?allow=group", ""));
        run(tomcat.here(steps.get(2)));
        assertSays(tomcat, "append '?allow=group'");

        run(tomcat.here("chmod 600 /etc/tomcat10/ticket.keys"));
        assertSays(tomcat, "may not be read by user nobody: it belongs to root");

        run(tomcat.here(steps.get(2)).replace("--group=nogroup", "--owner=nobody"));
        run(tomcat.here("chmod 600 /etc/tomcat10/ticket.keys; sed -i /add-opens/d /etc/default/tomcat10"));
        assertSays(tomcat, "into /etc/default/tomcat10");
    }

    private static void assertSays(DebianTomcat tomcat, String message) throws Exception {
        try (DistributionProcess process = tomcat.start()) {
            process.await(Pattern.compile(Pattern.quote(message)));
        }
    }

    private void assertShared(DebianTomcat a, DebianTomcat b) throws Exception {
        String check = MarkdownSnippets.of("README.md", "## Tomcat").in("sh").get(2);
        try (DistributionProcess processA = a.start();
                DistributionProcess processB = b.start()) {
            String variables = "CATALINA_BASE=%s A=127.0.0.1:%d B=127.0.0.1:%d SITE=localhost\n"
                    .formatted(a.path("/var/lib/tomcat10"), DebianTomcat.port(processA), DebianTomcat.port(processB));
            assertThat(run(variables + check)).contains("Every node resumes from the tickets of every node.");
        }
    }

    private String run(String script) throws Exception {
        try (DistributionProcess process = DistributionProcess.start(
                folder, Map.of(), Files.createTempFile(folder, "shell", ".log"), List.of("sh", "-e", "-c", script))) {
            assertThat(process.awaitExit()).as(process.output()).isZero();
            return process.output();
        }
    }
}
