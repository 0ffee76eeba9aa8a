package dev.gangway.internal.store;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.KeysetStoreProvider;
import dev.gangway.internal.keyfile.SafeFileReader;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keyfile.SecretFile;
import dev.gangway.internal.keys.Durations;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.MasterSecret;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.keys.WrappingKey;
import dev.gangway.internal.store.SharedKeyset.Plan;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the properties file of a store says, checked.
 *
 * @param documentName the name of the document in the store
 * @param namesPeriod whether the period of the plan is in the file, not the default
 * @param lastKnown where a node keeps an encrypted copy of the last document, if it does
 */
record StoreSettings(
        KeysetStoreProvider provider,
        Map<String, String> ofProvider,
        String documentName,
        List<WrappingKey> wrappingKeys,
        Plan plan,
        boolean namesPeriod,
        Optional<Path> lastKnown) {
    private static final String DEFAULT_NAME = "gangway";
    private static final int MOST_PERIODS = 30;

    /**
     * @param defaultPeriod of the first keyset, if the file does not say it; empty if only the servers know it
     * @throws KeySourceException naming the property that is missing, unknown or wrong, and the way out
     */
    static StoreSettings read(Path path, Allow allow, TicketPolicy policy, Optional<Duration> defaultPeriod)
            throws KeySourceException {
        StoreProperties file = StoreProperties.read(path, allow);
        String name = "store file " + path;
        KeysetStoreProvider provider = StoreProviders.find(file.required("type", "jdbc"), name);
        file.requireKnown(provider);
        String documentName = file.optional("name").orElse(DEFAULT_NAME);
        if (!documentName.matches("[A-Za-z0-9._/-]{1,100}")) {
            throw new KeySourceException(
                    name + " has name '" + documentName + "'; use letters, digits and '.', '_', '-', '/' only");
        }
        try {
            Optional<Duration> period = file.optional("period")
                    .map(text -> Durations.parse("period", text))
                    .or(() -> defaultPeriod);
            Optional<Duration> outage = file.optional("outage").map(text -> Durations.parse("outage", text));
            period.ifPresent(seals -> requireSensible(seals, outage.orElse(seals), policy));
            Optional<Path> lastKnown = file.optional("lastKnown").map(Path::of);
            List<WrappingKey> keys = wrappingKeys(file, path, allow);
            if (keys.isEmpty() && lastKnown.isPresent()) {
                throw new IllegalArgumentException(
                        "lastKnown needs a 'wrappingKey': the copy on disk is always encrypted");
            }
            return new StoreSettings(
                    provider,
                    file.of(provider),
                    documentName,
                    keys,
                    new Plan(node(file), period.orElse(KeyRotation.DEFAULT.period()), outage),
                    file.optional("period").isPresent(),
                    lastKnown);
        } catch (InvalidPathException e) {
            throw new KeySourceException(name + " has an invalid path: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new KeySourceException(name + ": " + e.getMessage(), e);
        }
    }

    KeysetStore openStore() throws KeySourceException {
        try {
            return provider.open(documentName, ofProvider);
        } catch (KeysetStoreException e) {
            throw new KeySourceException(
                    "store of type " + provider.type() + " cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new KeySourceException("store of type " + provider.type() + " cannot be opened: " + e, e);
        }
    }

    /** Whether both say the same; then this object's keys can be destroyed. */
    boolean sameAs(StoreSettings other) {
        return provider.getClass() == other.provider.getClass()
                && ofProvider.equals(other.ofProvider)
                && documentName.equals(other.documentName)
                && plan.equals(other.plan)
                && lastKnown.equals(other.lastKnown)
                && ids().equals(other.ids());
    }

    /** Without the properties of the provider, which may be secret. */
    @Override
    public String toString() {
        return "StoreSettings[" + provider.type() + ", " + documentName + "]";
    }

    void destroy() {
        wrappingKeys.forEach(WrappingKey::destroy);
    }

    private List<String> ids() {
        return wrappingKeys.stream().map(WrappingKey::id).toList();
    }

    private static void requireSensible(Duration period, Duration outage, TicketPolicy policy) {
        if (period.compareTo(policy.ticketLifetime()) < 0 || period.compareTo(policy.propagationTime()) <= 0) {
            throw new IllegalArgumentException("period " + Durations.format(period)
                    + " must be at least the ticketLifetime of " + Durations.format(policy.ticketLifetime())
                    + ", and longer than pollInterval and a clock skew of " + Durations.format(policy.clockSkew())
                    + " together");
        }
        if (outage.compareTo(period) < 0 || outage.compareTo(period.multipliedBy(MOST_PERIODS)) > 0) {
            throw new IllegalArgumentException("outage " + Durations.format(outage) + " must be from one to "
                    + MOST_PERIODS + " times the period of " + Durations.format(period)
                    + ": the keys for that time are announced in advance");
        }
    }

    private static List<WrappingKey> wrappingKeys(StoreProperties file, Path storeFile, Allow allow)
            throws KeySourceException {
        Optional<String> encryption = file.optional("encryption");
        Optional<String> paths = file.optional("wrappingKey");
        if (encryption.isPresent() && (!encryption.get().equals("none") || paths.isPresent())) {
            throw new IllegalArgumentException("encryption '" + encryption.get() + "': the only value is 'none', which"
                    + " excludes wrappingKey; remove 'encryption' to encrypt documents");
        }
        if (encryption.isPresent()) {
            return List.of();
        }
        if (paths.isEmpty()) {
            throw new KeySourceException(
                    "store file " + storeFile + " has no property 'wrappingKey': the path of a file, the same on all"
                            + " nodes, that encrypts the keys in the store; make one with"
                            + " 'umask 077; openssl rand 32 > wrapping.key'");
        }
        List<WrappingKey> keys = new ArrayList<>();
        for (String path : paths.get().split(",", -1)) {
            keys.add(wrappingKey(SecretFile.ofWrappingKey(Path.of(path.strip()), allow, storeFile)));
        }
        return keys;
    }

    private static WrappingKey wrappingKey(SecretFile file) throws KeySourceException {
        byte[] content = SafeFileReader.read(file);
        try {
            SecretBytes secret = MasterSecret.of(content, "wrapping key " + file.path());
            try {
                return WrappingKey.of(secret);
            } finally {
                secret.destroy();
            }
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static String node(StoreProperties file) {
        return file.optional("node")
                .orElseGet(StoreSettings::hostName)
                .replaceAll("[^A-Za-z0-9._:-]", "_")
                .transform(name -> name.substring(0, Math.min(name.length(), 100)));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
