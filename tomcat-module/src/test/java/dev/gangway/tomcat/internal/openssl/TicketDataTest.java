package dev.gangway.tomcat.internal.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketDataTest {
    private static final TicketData DATA = new TicketData(
            1_700_000_000L, 1_700_003_600L, 1_700_000_100L, List.of(new byte[] {1, 2, 3}, new byte[] {4}));

    @Test
    void decode_whatWasEncoded_isTheSame() {
        TicketData decoded = TicketData.decode(DATA.encode()).orElseThrow();

        assertThat(decoded.authenticatedAt()).isEqualTo(DATA.authenticatedAt());
        assertThat(decoded.endsAt()).isEqualTo(DATA.endsAt());
        assertThat(decoded.issuedAt()).isEqualTo(DATA.issuedAt());
        assertThat(decoded.intermediates()).containsExactly(new byte[] {1, 2, 3}, new byte[] {4});
    }

    @Test
    void decode_garbage_isNothing() {
        byte[] bytes = DATA.encode();
        for (int length = 0; length < bytes.length; length++) {
            byte[] start = Arrays.copyOf(bytes, length);
            // Data that ends between two certificates is well-formed; the ticket's HMAC prevents such a change.
            if (length != 25 && length != 32) {
                assertThat(TicketData.decode(start)).as(length + " bytes").isEmpty();
            }
        }
        assertThat(TicketData.decode(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
        byte[] otherVersion = bytes.clone();
        otherVersion[0]++;
        assertThat(TicketData.decode(otherVersion)).isEmpty();
        byte[] negativeLength = bytes.clone();
        negativeLength[25] = -1;
        assertThat(TicketData.decode(negativeLength)).isEmpty();
        byte[] hugeLength = bytes.clone();
        hugeLength[25] = 0x7f;
        assertThat(TicketData.decode(hugeLength)).isEmpty();
    }

    @Test
    void toString_doesNotShowCertificates() {
        assertThat(DATA).hasToString("TicketData[1700000000 to 1700003600, issued 1700000100]");
    }
}
