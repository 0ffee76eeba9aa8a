package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static byte[] key(String text) {
        String[] parts = text.split("\\*", -1);
        return HexFormat.of().parseHex(parts.length == 1 ? text : parts[0].repeat(Integer.parseInt(parts[1])));
    }
}
