package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyLimits;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketPolicy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysSettingTest {
    @TempDir
    Path folder;

    @Test
    void parse_knownForms_giveTheirSource() {
        assertThat(parse("random:")).isInstanceOf(RandomKeySource.class);
        assertThat(parse("random:").describe()).isEqualTo("random:");
        assertThat(parse("file:/a/b").describe()).isEqualTo("file:/a/b");
        assertThat(parse("file:/a, /b").describe()).isEqualTo("file:/a,/b");
        assertThat(parse("file:/a?allow=group&verbatim").describe()).isEqualTo("file:/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/etc/keys|is not understood; it must be file:PATH",
                "vault:x|is not understood",
                "file:|has no path",
                "file:/a,,/b|has no path",
                "derived:|has no path",
                "derived:/a?verbatim|has the option verbatim, which only file: supports; remove it",
                "file:/a?period=1h|has the option period, which only derived: supports; remove it",
                "'random'|did you mean 'random:'?",
                "random:x|did you mean 'random:'?",
                "fil:/a|did you mean 'file:'?",
                "File:/a|did you mean 'file:'?",
                "derive:/a|did you mean 'derived:'?",
                "/etc/keys|did you mean 'file:/etc/keys'?",
                "ticket.keys|did you mean 'file:ticket.keys'?",
                "' file:/a'|did you mean 'file:'?",
                "file:${env.KEYS}|contains the placeholder ${env.KEYS}, which was not replaced",
                "derived:${jetty.base/m|contains the placeholder ${jetty.base/m",
                "file:/a?alow=group|unknown option 'alow=group'",
                "file:/a?alow=group|did you mean 'allow=group'?",
                "file:/a?allow=gruop|did you mean 'allow=group'?",
                "file:/a?Verbatim|did you mean 'verbatim'?",
                "derived:/a?perod=1h|did you mean 'period'?",
                "file:/a?allow=group&allow=anyone|has the option allow twice",
                "file:/a?|unknown option ''",
                "file:/a?mode=any|unknown option 'mode=any'; the options are allow=group, allow=anyone, verbatim"
                        + " (file: only)",
            })
    void parse_anythingElse_isRefusedWithItsValue(String spec, String message) {
        assertThatThrownBy(() -> parse(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + spec + "'")
                .hasMessageContaining(message);
    }

    @Test
    void parse_derivedWithAPeriodThatIsNone_isRefusedWithItsValue() {
        assertThat(parse("derived:/a?period=12h&allow=group").describe()).isEqualTo("derived:/a");
        assertThatThrownBy(() -> parse("derived:/a?period=31d"))
                .hasMessageContaining("period 31d is not a whole number of seconds from 1s to 30d");
        assertThatThrownBy(() -> parse("derived:/a?period=often"))
                .hasMessageContaining("period 'often' is not a duration");
    }

    @Test
    void parse_ticketsOfOneSecond_givesKeysWithinTheLimits() throws Exception {
        TicketPolicy policy = TicketPolicy.ofLifetime(Duration.ofSeconds(1));
        Path master = folder.resolve("master");
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        KeyFileWriter.replace(master, secret);

        for (String spec : List.of("random:", "derived:" + master)) {
            Instant now = Instant.now();
            Keyset keyset = KeysSetting.parse(spec, policy).loadIfChanged(now).orElseThrow();
            assertThat(KeyLimits.violations(policy, keyset, now)).as(spec).isEmpty();
        }
    }

    private static KeysetSource parse(String spec) {
        return KeysSetting.parse(spec, TicketPolicy.DEFAULT);
    }
}
