package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys in use, and their installations. */
class KeysInUseTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ManualClock clock = new ManualClock(START);
    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(START, RANDOM);
    private final KeyTimes first = keys.get(0).times().orElseThrow();
    private final KeyTimes last = keys.get(1).times().orElseThrow();
    private final AtomicInteger offeredAgain = new AtomicInteger();
    private TicketKeyManager manager;

    @BeforeEach
    void open() throws Exception {
        FixedSource source = new FixedSource(keys) {
            @Override
            public void forgetLast() {
                offeredAgain.incrementAndGet();
                super.forgetLast();
            }
        };
        manager = TicketKeyManager.open(source, TicketPolicy.DEFAULT, clock);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void unregister_oneOfTwo_laterRingsReachTheOtherOnly() throws Exception {
        RecordingInstallation gone = new RecordingInstallation();
        RecordingInstallation stays = new RecordingInstallation();
        manager.register(gone);
        manager.register(stays);

        manager.unregister(gone);
        clock.set(last.activateAt());
        manager.updateRing();

        assertThat(manager.status().installations()).isEqualTo(1);
        assertThat(gone.rings).hasSize(1);
        assertThat(stays.rings).hasSize(2);
    }

    @Test
    void activeKey_keysThatOpenButNoneThatSeals_isEmpty() {
        clock.set(last.retireAt());
        manager.updateRing();

        assertThat(manager.status().keys()).isNotEmpty();
        assertThat(manager.status().activeKey()).isEmpty();
    }

    @Test
    void turn_keyHasEndedAndIsWiped_isNotMissedAndTheSourceNotAskedForItAgain() {
        clock.set(first.destroyAt());
        manager.updateRing();
        manager.updateRing();
        manager.reload();

        assertThat(manager.ring().accepted()).hasSize(1);
        assertThat(offeredAgain).hasValue(0);
    }

    @Test
    void roleOf_eachKeyAndAStranger_isWhatItDoes() {
        assertThat(KeyStatus.roleOf(keys.get(0).name(), manager.ring(), START)).contains(KeyStatus.Role.ACTIVE);
        assertThat(KeyStatus.roleOf(keys.get(1).name(), manager.ring(), START)).contains(KeyStatus.Role.NEXT);
        assertThat(KeyStatus.roleOf(KeyName.random(RANDOM), manager.ring(), START))
                .isEmpty();
    }
}
