package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacSha256Test {
    // RFC 4231, test cases 2 and 6 (a key longer than a block)
    @ParameterizedTest
    @CsvSource({
        "4a656665, what do ya want for nothing?," + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aa*131, Test Using Larger Than Block-Size Key - Hash Key First,"
                + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    })
    void of_testVectorsOfTheRfc_givesTheirResult(String key, String message, String result) {
        byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);

        assertThat(HexFormat.of().formatHex(HmacSha256.of(key(key), bytes))).isEqualTo(result);
    }

    @Test
    void of_messageInParts_isTheirConcatenation() {
        byte[] key = {1, 2, 3};

        assertThat(HmacSha256.of(key, new byte[] {4}, new byte[0], new byte[] {5, 6}))
                .isEqualTo(HmacSha256.of(key, new byte[] {4, 5, 6}));
        assertThat(key).as("the caller's array").containsExactly(1, 2, 3);
    }

    @Test
    void of_manyThreadsAtOnce_areIndependent() {
        Set<String> results = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> {
                    byte[] key = {(byte) (i % 4)};
                    return i % 4 + HexFormat.of().formatHex(HmacSha256.of(key, key));
                })
                .collect(Collectors.toSet());

        assertThat(results).as("one for each key").hasSize(4);
    }

    @Test
    void pattern_firstProviderTakesOnlyKeysOfAnotherClass_isOfTheNext() {
        Provider first = new Provider("OnlySecretKeySpec", "1", "for a test") {
            private static final long serialVersionUID = 1L;
        };
        first.put("Mac.HmacSHA256", OtherHmac.class.getName());
        first.put("Mac.HmacSHA256 SupportedKeyClasses", SecretKeySpec.class.getName());
        Security.insertProviderAt(first, 1);
        try {
            assertThat(HmacSha256.pattern().orElseThrow().getProvider()).isNotEqualTo(first);
        } finally {
            Security.removeProvider(first.getName());
        }
    }

    /** The JDK's. */
    public static final class OtherHmac extends MacSpi implements Cloneable {
        private final Mac own;

        public OtherHmac() throws GeneralSecurityException {
            own = Mac.getInstance("HmacSHA256", "SunJCE");
        }

        private OtherHmac(Mac own) {
            this.own = own;
        }

        @Override
        public Object clone() throws CloneNotSupportedException {
            return new OtherHmac((Mac) own.clone());
        }

        @Override
        protected int engineGetMacLength() {
            return own.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters) throws InvalidKeyException {
            own.init(key);
        }

        @Override
        protected void engineUpdate(byte input) {
            own.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int from, int length) {
            own.update(input, from, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            return own.doFinal();
        }

        @Override
        protected void engineReset() {
            own.reset();
        }
    }

    private static byte[] key(String text) {
        String[] parts = text.split("\\*", -1);
        return HexFormat.of().parseHex(parts.length == 1 ? text : parts[0].repeat(Integer.parseInt(parts[1])));
    }
}
