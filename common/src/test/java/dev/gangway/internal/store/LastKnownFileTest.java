package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keyfile.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastKnownFileTest {
    private final LastKnownFile file = new LastKnownFile(
            SecretFile.ofLastKnown(Path.of("/last"), Allow.OWNER_ONLY, Path.of("/store.properties")),
            new DocumentCipher("store", "fleet", List.of()));

    /** The setting may name the file of a key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "32 bytes of a wrapping key, raw.",
                "gangway-keyset/1",
                "gangway-document/1 name=fleet2 version=1 written-by=a written-at=t wrapped-by=none c2VjcmV0",
                "gangway-document/1 name=fleet ",
                "x"
            })
    void requireCopy_anotherFile_isWiped(String text) {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> file.requireCopy(content))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("lastKnown file /last is not a copy of the document 'fleet'");
        assertThat(content).containsOnly(0);
    }

    @Test
    void requireCopy_documentOfThisName_isLeftAsItIs() throws Exception {
        byte[] content = "gangway-document/1 name=fleet version=1 ".getBytes(StandardCharsets.US_ASCII);
        byte[] before = Arrays.copyOf(content, content.length);
        assertThat(file.requireCopy(content)).isSameAs(content).isEqualTo(before);
    }
}
