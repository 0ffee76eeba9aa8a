package dev.gangway.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import dev.gangway.testing.Libfaketime;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever faults keys, clocks, sources, settings and the process have, no handshake fails, and afterwards the server
 * reports the right state within two poll intervals.
 *
 * <p>The order is random. A failure prints its seed, and {@code -Dgangway.seed=…} repeats the same order. Takes some seconds
 * for each combination, and some minutes with {@code -Dgangway.long=true}.
 */
class ChaosTest {
    private static final Certificates.Held AUTHORITY = Certificates.authority("clients");

    @TempDir
    Path folder;

    static Stream<Combination> combinations() {
        List<JavaInstallation> javas = JavaInstallations.all();
        JavaInstallation oldest = javas.get(0);
        JavaInstallation newest = javas.get(javas.size() - 1);
        Stream<Combination> always = Stream.of(
                new Combination("jetty", "jdk", oldest, false),
                new Combination("jetty", "conscrypt", newest, true),
                new Combination("tomcat", "jdk", newest, true));
        Stream<Combination> openSsl = Combination.hasOpenSsl(newest)
                ? Stream.of(new Combination("tomcat", "openssl", newest, false))
                : Stream.of();
        Stream<Combination> others = LongForm.isAskedFor()
                ? Stream.of(
                        new Combination("jetty", "jdk", newest, true),
                        new Combination("jetty", "conscrypt", oldest, false),
                        new Combination("tomcat", "jdk", oldest, false),
                        new Combination("tomcat", "conscrypt", oldest, false),
                        new Combination("tomcat", "conscrypt", newest, true))
                : Stream.of();
        return Stream.of(always, openSsl, others).flatMap(some -> some);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void handshakes_whateverHappens_neverFailAndTheStateIsRightSoonAfter(Combination combination) throws Exception {
        Optional<Libfaketime> faketime = Libfaketime.find();
        Prerequisite.require(faketime.isPresent(), "libfaketime (Debian package faketime)");
        long seed = Long.getLong("gangway.seed", new SecureRandom().nextLong());
        Random random = new Random(seed + combination.toString().hashCode());
        ServerClock clock = new ServerClock(folder.resolve("clock"));
        KeyFile file = new KeyFile(Files.createDirectory(folder.resolve("keys")).resolve("ticket.keys"), random);
        ExpectedState expected = new ExpectedState();
        byte[] keys = Scene.freshKeys(clock.instant());
        file.replace(keys);
        expected.fileHolds(keys);
        expected.settle(clock.instant());
        Story story = new Story();
        ServerSettings settings = settings(combination, file.path());
        try (ServerProcess server =
                ServerProcess.start(combination, settings, faketime.get(), clock, folder.resolve("log"))) {
            try (Load load = Load.on(server.port(), shown(combination), story::last)) {
                happen(new Chaos(new Scene(server, load, clock, file, expected, random), story), load);
                System.out.println(combination + ": " + load.summary() + "; -Dgangway.seed=" + seed);
            }
            story.add("the server stops");
            assertThat(server.ask("stop")).isEqualTo("OK");
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    combination + ", -Dgangway.seed=" + seed + ": " + e + "\nWhat has happened:\n" + story
                            + "\nThe server's log:\n" + log(),
                    e);
        }
    }

    private static void happen(Chaos chaos, Load load) throws Exception {
        load.requireResumption();
        if (LongForm.isAskedFor()) {
            for (int i = 0; i < 5; i++) {
                chaos.oneByOne(2 * Mishap.ALL.size());
                for (int j = 0; j < 10; j++) {
                    chaos.atOnce(8);
                }
            }
        } else {
            chaos.oneByOne(8);
            chaos.atOnce(6);
        }
        load.requireNoFailure();
    }

    private ServerSettings settings(Combination combination, Path keyFile) {
        Path trustStore = Certificates.write(Certificates.trustStore(AUTHORITY), folder.resolve("trust.p12"));
        return new ServerSettings(
                combination.container(),
                combination.engine(),
                keyFile,
                List.of(certificate("first"), certificate("second")),
                combination.asksForCertificates() ? trustStore.toString() : "");
    }

    private Path certificate(String name) {
        return Certificates.write(
                Certificates.keyStore(Certificates.server("localhost", name + ".example")),
                folder.resolve(name + ".p12"));
    }

    private static List<Optional<Certificates.Held>> shown(Combination combination) {
        return combination.asksForCertificates()
                ? List.of(Optional.empty(), Optional.of(Certificates.client("client", AUTHORITY)))
                : List.of(Optional.empty(), Optional.empty());
    }

    private String log() throws IOException {
        String all = Files.readString(folder.resolve("log"));
        return all.substring(Math.max(0, all.length() - 20_000));
    }
}
