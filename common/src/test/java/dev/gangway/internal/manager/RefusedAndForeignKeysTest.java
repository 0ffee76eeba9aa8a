package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that a manager refuses, and tickets of other managers. */
class RefusedAndForeignKeysTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final byte[] TICKET = {1, 2, 3};

    private final ManualClock clock = new ManualClock(START);
    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(START, new SecureRandom());
    private final List<TicketKey> keysOfThePast = KeyRotation.DEFAULT.initialKeys(
            START.minus(KeyRotation.DEFAULT.period().multipliedBy(9)), new SecureRandom());
    private final List<TicketKeyManager> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(TicketKeyManager::close);
    }

    @Test
    void open_keysThatAreRefused_areWiped() {
        RememberingSource source = new RememberingSource(keysOfThePast);

        assertThatThrownBy(() -> open(source)).hasMessageContaining("no key is active");

        assertThat(source.given).singleElement().satisfies(RefusedAndForeignKeysTest::isWiped);
    }

    @Test
    void reload_keysThatAreRefused_areWipedAndThoseInUseAreNot() throws Exception {
        RememberingSource source = new RememberingSource(keys);
        TicketKeyManager manager = open(source);
        source.set(keysOfThePast);

        manager.reload();

        assertThat(manager.status().fault().orElseThrow()).contains("no key is active");
        assertThat(source.given.get(1)).satisfies(RefusedAndForeignKeysTest::isWiped);
        assertThat(manager.ring().accepted())
                .isNotEmpty()
                .noneMatch(key -> key.secret().isDestroyed());
    }

    @Test
    void hasSealed_ticketOfAnotherManager_countsWhileThatIsOpenAndHasAKeyOfThisOne() throws Exception {
        TicketKeyManager here = open(new FixedSource(keys));
        TicketKeyManager there = open(new FixedSource(keys));
        TicketKeyManager stranger = open(new FixedSource(KeyRotation.DEFAULT.initialKeys(START, new SecureRandom())));
        assertThat(here.hasSealed(TICKET)).isFalse();

        there.register(new Sealing(keys.get(0).name()));

        assertThat(there.hasSealed(TICKET)).as("its own").isTrue();
        assertThat(here.hasSealed(TICKET)).as("of another with the same key").isTrue();
        assertThat(stranger.hasSealed(TICKET)).as("by a key it has not").isFalse();
        there.close();
        assertThat(here.hasSealed(TICKET)).as("of one that is closed").isFalse();
    }

    private TicketKeyManager open(FixedSource source) throws KeySourceException {
        TicketKeyManager manager = TicketKeyManager.open(source, TicketPolicy.DEFAULT, clock);
        opened.add(manager);
        return manager;
    }

    private static void isWiped(Keyset keyset) {
        assertThat(keyset.keys()).isNotEmpty().allMatch(key -> key.secret().isDestroyed());
    }

    private static final class RememberingSource extends FixedSource {
        final List<Keyset> given = new ArrayList<>();

        RememberingSource(List<TicketKey> keys) {
            super(keys);
        }

        @Override
        public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
            Optional<Keyset> loaded = super.loadIfChanged(now);
            loaded.ifPresent(given::add);
            return loaded;
        }
    }

    /** Reports a certain key as the one that sealed any ticket. */
    private static final class Sealing extends RecordingInstallation {
        private final KeyName key;

        Sealing(KeyName key) {
            this.key = key;
        }

        @Override
        public Optional<TicketSeal> sealOf(byte[] ticket) {
            return Optional.of(TicketSeal.of(key));
        }
    }
}
