package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.ManagerStatus;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.store.EmbeddedDatabase;
import dev.gangway.internal.store.StoreEditor;
import dev.gangway.internal.store.StoreFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A valid and newer document that was not encrypted with a key of this node arrives at a running node. */
class ForeignDocumentTest {
    private static final String PLAIN = "encryption=none\n";

    @TempDir
    Path folder;

    private final EmbeddedDatabase database = new EmbeddedDatabase();
    private TicketKeyManager node;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void reload_plainDocument_isRefusedUntilThereIsAGoodOne() throws Exception {
        Path good = encrypted("wrapping.key");
        start(good);
        assertRefused(settings("plain.properties", PLAIN), good, "is not encrypted, but this node has a wrapping key");
    }

    @Test
    void reload_documentOfAnotherWrappingKey_isRefusedUntilThereIsAGoodOne() throws Exception {
        Path good = encrypted("wrapping.key");
        start(good);
        assertRefused(encrypted("foreign.key"), good, "is encrypted with the wrapping key ");
    }

    @Test
    void reload_encryptedDocumentAtANodeWithoutKey_isRefusedUntilThereIsAGoodOne() throws Exception {
        Path good = settings("plain.properties", PLAIN);
        start(good);
        assertRefused(encrypted("foreign.key"), good, "is encrypted, but this node has 'encryption=none'");
    }

    private void assertRefused(Path foreign, Path good, String reason) throws Exception {
        ManagerStatus before = node.status();
        newKeys(foreign);
        String document = database.document();

        for (int poll = 0; poll < 3; poll++) {
            node.reload();
            assertThat(node.status().fault().orElseThrow()).contains(reason);
            assertThat(node.status().keys()).isEqualTo(before.keys());
            assertThat(node.status().ringDigest()).isEqualTo(before.ringDigest());
            assertThat(database.document()).as("another node may have the key").isEqualTo(document);
        }

        newKeys(good);
        node.reload();
        assertThat(node.status().fault()).isEqualTo(before.fault());
        assertThat(node.status().ringDigest()).isNotEqualTo(before.ringDigest());
    }

    private void start(Path properties) throws Exception {
        node = TicketKeyManager.open(
                KeysSetting.parse("store:" + properties, TicketPolicy.DEFAULT),
                TicketPolicy.DEFAULT,
                InstantSource.system());
    }

    private static void newKeys(Path properties) throws Exception {
        try (StoreEditor store = StoreEditor.open(properties, Allow.OWNER_ONLY)) {
            store.replace(Optional.empty(), Optional.empty(), Instant.now()).destroy();
        }
    }

    private Path encrypted(String key) throws Exception {
        Path file = StoreFiles.wrappingKey(folder.resolve(key));
        return settings(key + ".properties", "wrappingKey=" + file + "\n");
    }

    private Path settings(String name, String encryption) throws Exception {
        Path properties = StoreFiles.named(name, folder, "");
        Files.writeString(properties, encryption + "type=jdbc\nurl=" + database.url() + "\n");
        return properties;
    }
}
