package dev.gangway.acceptance.chaos;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A source of randomness that sometimes delays the thread. Engines need random bytes during handshakes, such as between the
 * choice of a ticket key and its use. So more faults happen at that point of a handshake.
 */
public final class PausingRandom extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;
    private static final int ONE_IN = 4;
    private static final int MOST_MILLIS = 10;

    private final SecureRandom real;

    /** Called by name. */
    public PausingRandom() throws GeneralSecurityException {
        real = SecureRandom.getInstance("NativePRNG", "SUN");
    }

    /** Makes {@code new SecureRandom()} use this class from now on. */
    static void install() {
        Security.insertProviderAt(new Pauses(), 1);
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
        ThreadLocalRandom dice = ThreadLocalRandom.current();
        if (dice.nextInt(ONE_IN) == 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(dice.nextInt(MOST_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        real.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
        return real.generateSeed(count);
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
        real.setSeed(seed);
    }

    private static final class Pauses extends Provider {
        private static final long serialVersionUID = 1L;

        Pauses() {
            super("Pauses", "1", "randomness with pauses");
            putService(
                    new Service(this, "SecureRandom", "PAUSING", PausingRandom.class.getName(), List.of(), Map.of()));
        }
    }
}
