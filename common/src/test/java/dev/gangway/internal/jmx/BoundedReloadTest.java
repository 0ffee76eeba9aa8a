package dev.gangway.internal.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.HangingSource;
import dev.gangway.testing.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A reload does not block a JMX thread, and the thread that reads inherits nothing from it. */
class BoundedReloadTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(START, new SecureRandom());

    @Test
    void reload_sourceHangs_returnsInTimeHoldsUpOneThreadAndRecovers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch diskIsBack = new CountDownLatch(1);
        TicketKeyManager manager = open(new HangingSource(keys, asked, diskIsBack));
        TicketKeysView bean = new TicketKeysView(
                new HandshakeRecorder(manager), "jdk", ConnectorView.UNKNOWN, Duration.ofMillis(100));

        List<Thread> earlier = readers();
        for (int i = 0; i < 3; i++) {
            assertThat(bean.reload()).startsWith("NO ANSWER from fixed: within 100ms");
        }
        asked.await();
        List<Thread> readers = readers();
        readers.removeAll(earlier);
        assertThat(readers).hasSize(1).allMatch(Thread::isDaemon);
        assertThat(bean.getKeys()).as("attributes do not wait for the source").hasSize(2);

        diskIsBack.countDown();
        readers.get(0).join();
        assertThat(new TicketKeysView(
                                new HandshakeRecorder(manager), "jdk", ConnectorView.UNKNOWN, Duration.ofMinutes(2))
                        .reload())
                .startsWith("OK, the same keys");
    }

    @Test
    void reload_thread_inheritsNoClassLoaderOfItsCaller() throws Exception {
        TicketKeyManager manager = open(new FixedSource(keys) {
            @Override
            public Optional<Keyset> loadIfChanged(Instant now) {
                if (Thread.currentThread().getName().equals("gangway-reload")) {
                    throw new IllegalStateException(
                            Thread.currentThread().getContextClassLoader().getClass() + " found");
                }
                return Optional.of(FixedSource.keyset(keys));
            }
        });
        Thread caller = Thread.currentThread();
        ClassLoader mine = caller.getContextClassLoader();
        caller.setContextClassLoader(new ClassLoader(mine) {});
        try {
            assertThat(new BoundedReload(manager, Duration.ofMinutes(2)).now())
                    .contains(TicketKeysView.class.getClassLoader().getClass() + " found");
        } finally {
            caller.setContextClassLoader(mine);
        }
    }

    @Test
    void reload_anError_isToldAtOnceAndNotAsNoAnswer() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        TicketKeyManager manager = TicketKeyManager.open(new FixedSource(keys), TicketPolicy.DEFAULT, () -> {
            if (broken.get()) {
                throw new NoClassDefFoundError("gone");
            }
            return START;
        });
        BoundedReload reload = new BoundedReload(manager, Duration.ofHours(1));

        broken.set(true);
        assertThat(reload.now()).isEqualTo("FAILED: java.lang.NoClassDefFoundError: gone");
        broken.set(false);
        assertThat(reload.now()).startsWith("OK, the same keys");
    }

    private static TicketKeyManager open(KeysetSource source) throws Exception {
        return TicketKeyManager.open(source, TicketPolicy.DEFAULT, new ManualClock(START));
    }

    private static List<Thread> readers() {
        List<Thread> threads = new ArrayList<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().equals("gangway-reload"));
        return threads;
    }
}
