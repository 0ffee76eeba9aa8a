package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.Libfaketime;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lifetime of tickets by the system clock, which BoringSSL uses and a test cannot replace. With libfaketime, the clock
 * of a process shows a time from a file.
 */
@Tag("engine")
class FakedClockTest {
    private static final String LIFETIME_OF_SUNJSSE = "86,400";
    private static final int LIFETIME = 6 * 3600;
    private static final Pattern PROMISED = Pattern.compile("\"ticket_lifetime\"\\s*:\\s*\"([\\d,]+)\"");

    // One process for each engine, because its start under libfaketime is slow.
    private static final Map<String, List<String>> ANSWERS = new HashMap<>();

    @TempDir
    Path folder;

    private Libfaketime libfaketime;

    @BeforeEach
    void find() throws IOException {
        Optional<Libfaketime> found = Libfaketime.find();
        Prerequisite.skipUnless(
                LongForm.isAskedFor() || !JavaInstallations.isRunningWithOwnLibraries(),
                "on this Java, libfaketime takes minutes: -Dgangway.long=true");
        Prerequisite.require(found.isPresent(), "libfaketime (Debian package faketime)");
        libfaketime = found.orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void ticket_atTheEndOfItsLifetime_resumesUpToTheLastSecondAndNoLonger(String engine) throws Exception {
        assertThat(answers(engine))
                .contains(
                        "TLSv1.2 at 0 s: resumed",
                        "TLSv1.2 at 1 s: resumed",
                        "TLSv1.2 at 21599 s: resumed",
                        "TLSv1.2 at 21600 s: full",
                        "TLSv1.2 at 21601 s: full",
                        "TLSv1.3 at 0 s: resumed",
                        "TLSv1.3 at 1 s: resumed",
                        "TLSv1.3 at 21599 s: resumed",
                        "TLSv1.3 at 21600 s: full",
                        "TLSv1.3 at 21601 s: full",
                        "TLSv1.3 with a wrong age: resumed");
    }

    @Test
    void ticketOfANodeWhoseClockIsAhead_engineJdk_resumesWithinTheSkew() throws Exception {
        assertThat(answers("jdk"))
                .contains(
                        "TLSv1.2 at -1 s: resumed",
                        "TLSv1.2 at -60 s: resumed",
                        "TLSv1.2 at -61 s: full",
                        "TLSv1.3 at -1 s: resumed",
                        "TLSv1.3 at -60 s: resumed",
                        "TLSv1.3 at -61 s: full");
    }

    @Test
    void ticketOfANodeWhoseClockIsAhead_engineConscrypt_resumesOnceThisClockHasReachedThatTime() throws Exception {
        assertThat(answers("conscrypt"))
                .contains(
                        "TLSv1.2 at -60 s: full",
                        "TLSv1.2 at -1 s: full",
                        "TLSv1.2 at 0 s: resumed",
                        "TLSv1.3 at -60 s: full",
                        "TLSv1.3 at -1 s: full",
                        "TLSv1.3 at 0 s: resumed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void outcome_engineJdk_tellsAnExpiredTicketAndEachTicketsAge(String protocol) throws Exception {
        assertThat(answers("jdk"))
                .contains(
                        protocol + " at -61 s counts as FULL_TICKET_REFUSED, age 0",
                        protocol + " at -1 s counts as RESUMED_ACTIVE_KEY, age 0",
                        protocol + " at 1 s counts as RESUMED_ACTIVE_KEY, age 1",
                        protocol + " at 21599 s counts as RESUMED_ACTIVE_KEY, age 21599",
                        protocol + " at 21600 s counts as FULL_SESSION_EXPIRED, age 21600",
                        protocol + " at 21601 s counts as FULL_SESSION_EXPIRED, age 21601");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void outcome_engineConscrypt_tellsAnExpiredTicketAndEachTicketsAge(String protocol) throws Exception {
        assertThat(answers("conscrypt"))
                .contains(
                        protocol + " at -1 s counts as FULL_TICKET_REFUSED, age 0",
                        protocol + " at 1 s counts as RESUMED_ACTIVE_KEY, age 1",
                        protocol + " at 21599 s counts as RESUMED_ACTIVE_KEY, age 21599",
                        protocol + " at 21600 s counts as FULL_SESSION_EXPIRED, age 21600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void session_resumedAgainAndAgain_endsWithTheTicketLifetimeAfterItsFullHandshake(String engine) throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            assertThat(answers(engine))
                    .contains(
                            protocol + " chain at 7200 s: resumed, authenticated 7200 s ago",
                            protocol + " chain at 14400 s: resumed, authenticated 14400 s ago",
                            protocol + " chain at 21599 s: resumed, authenticated 21599 s ago",
                            protocol + " chain at 21600 s: full, authenticated 0 s ago",
                            protocol + " chain at 32400 s: resumed, authenticated 10800 s ago");
        }
    }

    /** Also if the clock changes during a handshake: a ticket with lifetime zero makes clients of the JDK fail. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "conscrypt"})
    void newSessionTicketOfTls13_lifetime_isTheTicketLifetime(String engine) throws Exception {
        String log = String.join("\n", answers(engine));
        List<String> promised = new ArrayList<>();
        Matcher matcher = PROMISED.matcher(log);
        while (matcher.find()) {
            promised.add(matcher.group(1));
        }

        // First SunJSSE's own ticket code, with its own lifetime.
        List<String> byGangway = promised.subList(promised.lastIndexOf(LIFETIME_OF_SUNJSSE) + 1, promised.size());
        assertThat(byGangway).hasSizeGreaterThanOrEqualTo(8).containsOnly("21,600");
    }

    private List<String> answers(String engine) throws Exception {
        if (!ANSWERS.containsKey(engine)) {
            ANSWERS.put(engine, run(engine));
        }
        return ANSWERS.get(engine);
    }

    private List<String> run(String engine) throws Exception {
        Path clock = Files.writeString(folder.resolve("clock"), "2026-06-01 12:00:00\n");
        List<String> command = new ArrayList<>(libfaketime.withClock(clock));
        command.add(JavaInstallations.running().java().toString());
        command.addAll(ForkedTests.jvmArguments());
        // The optimizing compiler does not pay off in a process that runs for seconds.
        command.add("-XX:TieredStopAtLevel=1");
        // Shows the tickets of TLS 1.3, which travel encrypted.
        command.add("-Djavax.net.debug=ssl:handshake");
        command.addAll(List.of(FakedClockNodes.class.getName(), engine, String.valueOf(LIFETIME), clock.toString()));
        for (int age : new int[] {-61, -60, -1, 0, 1, LIFETIME - 1, LIFETIME, LIFETIME + 1}) {
            command.add(String.valueOf(age));
        }

        ForkedTests.Result result = ForkedTests.run(command);

        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().lines().toList();
    }
}
