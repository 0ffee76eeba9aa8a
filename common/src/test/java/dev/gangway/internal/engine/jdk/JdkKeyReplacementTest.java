package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.TicketClient;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All keys are removed and wiped while SunJSSE is about to seal with one of them. */
@Tag("engine")
class JdkKeyReplacementTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FixedSource source = new FixedSource(KeyRotation.DEFAULT.initialKeys(START, RANDOM));

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sealing_keysAreReplacedInTheMiddle_clientGetsAWholeTicket(String protocol) throws Exception {
        TicketKeyManager manager = open();
        Interruption interruption = new Interruption();
        SSLContext context = context(manager, interruption);
        TicketKey[] sealing = {null};
        interruption.work = () -> {
            sealing[0] = manager.ring().active().orElseThrow();
            source.set(KeyRotation.DEFAULT.initialKeys(START, RANDOM));
            manager.reload();
        };

        assertTicketAfterHandshake(protocol, context, interruption);
        assertThat(sealing[0].secret().isDestroyed()).as("wiped at once").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sealing_managerIsClosedInTheMiddle_clientGetsAWholeTicket(String protocol) throws Exception {
        TicketKeyManager manager = open();
        Interruption interruption = new Interruption();
        SSLContext context = context(manager, interruption);
        interruption.work = manager::close;

        assertTicketAfterHandshake(protocol, context, interruption);
    }

    private static void assertTicketAfterHandshake(String protocol, SSLContext context, Interruption interruption)
            throws Exception {
        TicketClient client = TicketClient.of(protocol);
        client.connect(context.createSSLEngine());
        assertThat(interruption.count).isPositive();
        interruption.work = () -> {};

        Handshake next = client.connect(context.createSSLEngine());

        assertThat(next.offeredTicket())
                .hasValueSatisfying(ticket -> assertThat(ticket).hasSizeGreaterThan(100));
    }

    @Test
    void engineKey_rootDestroyedAfterwards_keepsItsBytesAndShowsNone() {
        SecretBytes root = SecretBytes.random(32, RANDOM);
        PerNumberKey key = key(root, 1_234, false);
        byte[] before = key.getEncoded();
        assertThat(key).hasToString("PerNumberKey[Meaning[endsAt=1234, isRenewed=false]]");
        assertThat(before)
                .hasSize(32)
                .isNotEqualTo(key(root, 1_235, false).getEncoded())
                .isNotEqualTo(key(root, 1_234, true).getEncoded());

        root.destroy();

        assertThat(key.getEncoded()).as("of a handshake under way").isEqualTo(before);
        assertThat(PerNumberKey.derive(root, new Meaning(1_234, false)))
                .as("for another handshake")
                .isEmpty();
    }

    @Test
    void engineKey_destroyed_givesNoBytes() {
        PerNumberKey key = key(SecretBytes.random(32, RANDOM), 1_234, false);
        assertThat(key.isDestroyed()).isFalse();

        key.destroy();

        assertThat(key.isDestroyed()).isTrue();
        assertThatThrownBy(key::getEncoded).isInstanceOf(IllegalStateException.class);
    }

    private static PerNumberKey key(SecretBytes root, long endsAt, boolean isRenewed) {
        Optional<PerNumberKey> key = PerNumberKey.derive(root, new Meaning(endsAt, isRenewed));
        return key.orElseThrow();
    }

    private TicketKeyManager open() throws Exception {
        return TicketKeyManager.open(source, TicketPolicy.DEFAULT, new ManualClock(START));
    }

    private static SSLContext context(TicketKeyManager manager, SecureRandom random) throws Exception {
        SSLContext context = TicketOnlySslContext.create(
                new JdkTicketEngine(), new HandshakeRecorder(manager), Connector.of("", ClientAuth.NONE), "TLS");
        context.init(Certificates.keyManagers(Certificates.server("localhost")), null, random);
        return context;
    }

    /** SunJSSE generates the ticket's initialization vector after it has found the key, and before it reads the key's bytes. */
    private static final class Interruption extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private transient Runnable work = () -> {};
        private int count;

        @Override
        public void nextBytes(byte[] bytes) {
            super.nextBytes(bytes);
            if (isForATicket()) {
                count++;
                work.run();
            }
        }

        private static boolean isForATicket() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().contains("SessionTicketExtension")));
        }
    }
}
