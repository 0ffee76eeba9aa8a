package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeysSetting;
import dev.gangway.internal.source.KeysetSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sources of nodes that share a real store, polled by a test. */
public final class SharingNodes {
    private final Path properties;
    private final Map<KeysetSource, String> rings = new LinkedHashMap<>();

    /** @param lines of the properties file */
    public SharingNodes(Path folder, String... lines) {
        this.properties = StoreFiles.properties(folder, lines);
    }

    public void start(int number) throws KeySourceException {
        for (int i = 0; i < number; i++) {
            rings.put(KeysSetting.parse("store:" + properties, TicketPolicy.DEFAULT), "");
        }
        poll();
    }

    /** Lets every node read, and write if that is due; returns the digest of their rings, which are equal. */
    public String poll() throws KeySourceException {
        for (KeysetSource node : List.copyOf(rings.keySet())) {
            Optional<Keyset> keys = node.loadIfChanged(Instant.now());
            keys.ifPresent(
                    keyset -> rings.put(node, keyset.ringAt(Instant.now()).digest()));
        }
        Set<String> different = new HashSet<>(rings.values());
        assertThat(different).as("rings of all nodes").hasSize(1);
        return different.iterator().next();
    }

    /** The versions of the documents that the nodes use. */
    public List<Long> versions() {
        List<Long> versions = new ArrayList<>();
        rings.keySet()
                .forEach(node -> versions.add(node.storeStatus().orElseThrow().documentVersion()));
        return versions;
    }

    /** What {@code keys rotate} does. */
    public void rotate() throws KeySourceException {
        try (StoreEditor store = StoreEditor.open(properties, Allow.OWNER_ONLY)) {
            store.rotate(Optional.of(Duration.ofMinutes(10)), Instant.now())
                    .orElseThrow()
                    .destroy();
        }
    }

    /** The number of keys in the store. */
    public int keys() throws KeySourceException {
        try (StoreEditor store = StoreEditor.open(properties, Allow.OWNER_ONLY)) {
            ScheduledKeyset keyset = store.read();
            keyset.destroy();
            return keyset.keys().size();
        }
    }
}
