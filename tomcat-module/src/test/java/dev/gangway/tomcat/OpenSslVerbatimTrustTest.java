package dev.gangway.tomcat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Keys that are used byte for byte have no scopes, so trust depends only on the certificates in tickets. */
@Tag("openssl")
class OpenSslVerbatimTrustTest extends OpenSslNativeTrustTest {
    @BeforeEach
    void writeRawKey() throws Exception {
        byte[] key = new byte[80];
        new SecureRandom().nextBytes(key);
        Path file = folder.resolve("raw.key");
        KeyFileWriter.replace(file, key);
        keys = "file:" + file + "?verbatim";
    }

    @Override
    protected boolean keepsTrustApart() {
        return false;
    }
}
