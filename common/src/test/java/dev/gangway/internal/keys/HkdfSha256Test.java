package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.hkdf.HKDF;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HkdfSha256Test {
    @ParameterizedTest
    @CsvSource({
        // RFC 5869 appendix A.1 to A.3
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
                + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435"
                + "363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
                + " 606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f90"
                + "9192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
                + " b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0"
                + "e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
                + " b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da"
                + "3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
                + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    })
    void derive_testVectorsOfTheRfc_givesTheirOutput(String input, String salt, String info, String output) {
        byte[] derived = HkdfSha256.derive(hex(input), hex(salt), output.length() / 2, hex(info));

        assertThat(HexFormat.of().formatHex(derived)).isEqualTo(output);
    }

    @Property(tries = 200)
    void derive_anything_isWhatAnotherImplementationDerives(
            @ForAll @Size(min = 1, max = 100) byte[] input,
            @ForAll @Size(min = 1, max = 100) byte[] salt,
            @ForAll @Size(max = 100) byte[] info,
            @ForAll @IntRange(min = 1, max = 8160) int length) {
        byte[] expected = HKDF.fromHmacSha256().extractAndExpand(salt, input, info, length);

        assertThat(HkdfSha256.derive(input, salt, length, info)).isEqualTo(expected);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
