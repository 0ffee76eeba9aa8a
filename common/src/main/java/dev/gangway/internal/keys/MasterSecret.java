package dev.gangway.internal.keys;

import dev.gangway.KeySourceException;
import java.util.List;

/** A secret file of random bytes, from which keys are derived. */
public final class MasterSecret {
    private static final int MIN_LENGTH = 32;
    private static final int MAX_LENGTH = 1024;

    private MasterSecret() {}

    /**
     * @param content the file's bytes, copied
     * @param name the name of the file in messages, such as {@code master secret /etc/gangway/master}
     * @throws KeySourceException if the length is wrong, or the bytes are not random
     */
    public static SecretBytes of(byte[] content, String name) throws KeySourceException {
        if (content.length < MIN_LENGTH || content.length > MAX_LENGTH) {
            throw new KeySourceException(name + " has " + content.length + " bytes; it must have " + MIN_LENGTH + " to "
                    + MAX_LENGTH + "; make one with 'openssl rand 32'");
        }
        SecretBytes secret = SecretBytes.copyOf(content);
        try {
            // Keys derived from a weak secret look random, so the secret itself is checked.
            OrderedKeyset.of(List.of(TicketKey.unscheduled(KeyName.of(new byte[KeyName.LENGTH]), secret)));
            return secret;
        } catch (WeakKeyException e) {
            secret.destroy();
            throw new KeySourceException(name + ": " + e.getMessage(), e);
        }
    }
}
