package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreProvider;
import dev.gangway.StoredDocument;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.testing.LogCapture;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of somebody else's throws what its interface does not name. */
class StoreEditorTest {
    @TempDir
    Path folder;

    @Test
    void read_storeThrowsARuntimeException_isRefusedLikeAnyFault() throws Exception {
        try (StoreEditor editor = editor("read")) {
            assertThatThrownBy(editor::read)
                    .isInstanceOf(KeySourceException.class)
                    .hasMessage("broken:7 cannot be read: java.lang.IllegalArgumentException: not in read");
        }
    }

    @Test
    void replace_storeThrowsARuntimeException_isRefusedLikeAnyFault() throws Exception {
        try (StoreEditor editor = editor("compareAndSwap")) {
            assertThatThrownBy(() -> editor.replace(Optional.empty(), Optional.empty(), Instant.now()))
                    .isInstanceOf(KeySourceException.class)
                    .hasMessage(
                            "broken:7 cannot be written: java.lang.IllegalArgumentException: not in compareAndSwap");
        }
    }

    @Test
    void close_storeThrowsARuntimeException_isLogged() throws Exception {
        try (LogCapture log = new LogCapture()) {
            editor("close").close();
            assertThat(log.at(Level.WARNING)).singleElement().asString().contains("cannot be closed", "not in close");
        }
    }

    private StoreEditor editor(String fault) throws KeySourceException {
        Path file = StoreFiles.properties(folder, "type=" + BrokenProvider.class.getName(), "fault=" + fault);
        return StoreEditor.open(file, Allow.OWNER_ONLY);
    }

    /** Opens {@link BrokenStore}. */
    public static final class BrokenProvider implements KeysetStoreProvider {
        @Override
        public String type() {
            return "broken";
        }

        @Override
        public Set<String> requiredProperties() {
            return Set.of("fault");
        }

        @Override
        public Set<String> optionalProperties() {
            return Set.of();
        }

        @Override
        public KeysetStore open(String document, Map<String, String> properties) {
            return new BrokenStore(properties.get("fault"));
        }
    }

    private record BrokenStore(String fault) implements KeysetStore {
        @Override
        public StoredDocument read() {
            failIn("read");
            return StoredDocument.absent(Optional.empty());
        }

        @Override
        public boolean compareAndSwap(StoredDocument expected, byte[] content) {
            failIn("compareAndSwap");
            return true;
        }

        @Override
        public String name() {
            return "broken:7";
        }

        @Override
        public void close() {
            failIn("close");
        }

        private void failIn(String method) {
            if (fault.equals(method)) {
                throw new IllegalArgumentException("not in " + method);
            }
        }
    }
}
