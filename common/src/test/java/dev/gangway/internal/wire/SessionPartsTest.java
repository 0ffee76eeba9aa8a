package dev.gangway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPartsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "localhost", "NODE-1.Example", "xn--bcher-kva.example", "10.0.0.1"})
    void serverName_usualHostName_isUsual(String name) {
        assertThat(isUsual(names(name(0, name)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b", "b\u00fccher.example", "a b", "a/b", "a@b", "a[b", "a`b", "a{b", "a:b"})
    void serverName_otherCharacters_isNot(String name) {
        assertThat(isUsual(names(name(0, name)))).isFalse();
    }

    @Test
    void serverName_ofUpTo127Bytes_isUsual() {
        assertThat(isUsual(names(name(0, "x".repeat(127))))).isTrue();
        assertThat(isUsual(names(name(0, "x".repeat(128))))).isFalse();
    }

    @Test
    void serverName_otherTypeOrMoreThanOne_isNot() {
        assertThat(isUsual(names(name(1, "a.example")))).isFalse();
        assertThat(isUsual(names(name(0, "a.example"), name(1, "a.example")))).isFalse();
        assertThat(isUsual(names(name(0, "a.example"), name(0, "a.example")))).isFalse();
    }

    @Test
    void serverName_cutShortAnywhereOrLonger_isNot() {
        byte[] whole = names(name(0, "a.example"));
        for (int length = 0; length < whole.length; length++) {
            assertThat(isUsual(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
        assertThat(isUsual(Arrays.copyOf(whole, whole.length + 1))).isFalse();
    }

    @Test
    void signatureAlgorithms_ofUpTo255Schemes_areUsual() {
        assertThat(SessionParts.isUsualSignatureAlgorithms(0)).isTrue();
        assertThat(SessionParts.isUsualSignatureAlgorithms(2 + 2 * 255)).isTrue();
        assertThat(SessionParts.isUsualSignatureAlgorithms(2 + 2 * 256)).isFalse();
    }

    private static boolean isUsual(byte[] extension) {
        return SessionParts.isUsualServerName(new ByteReader(extension));
    }

    /** The content of an extension {@code server_name}. */
    static byte[] names(byte[]... names) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] name : names) {
            all.writeBytes(name);
        }
        return withLength(all.toByteArray());
    }

    /** One name of the extension. */
    static byte[] name(int type, String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        out.writeBytes(withLength(name.getBytes(StandardCharsets.UTF_8)));
        return out.toByteArray();
    }

    private static byte[] withLength(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
