package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AesCbcTest {
    private static final AesCbc AES = AesCbc.ofPlatform();
    private static final byte[] MESSAGE = {1, 2, 3, 4, 5};

    @Test
    void decrypt_keysInTurn_eachDecryptsItsOwn() throws Exception {
        byte[] first = encrypted(key(1), iv(2));
        byte[] second = encrypted(key(3), iv(4));

        assertThat(decrypted(key(1), iv(2), first)).isEqualTo(MESSAGE);
        assertThat(decrypted(key(3), iv(4), second)).isEqualTo(MESSAGE);
        assertThat(decrypted(key(1), iv(2), first)).isEqualTo(MESSAGE);
    }

    @Test
    void decrypt_partOfAnArray_isOnlyThatPart() throws Exception {
        byte[] encrypted = encrypted(key(1), iv(2));
        byte[] longer = new byte[encrypted.length + 7];
        System.arraycopy(encrypted, 0, longer, 3, encrypted.length);

        assertThat(AES.decrypt(key(1), iv(2), longer, 3, encrypted.length)).isEqualTo(MESSAGE);
    }

    @Test
    void decrypt_afterInvalidPadding_decryptsTheNext() throws Exception {
        byte[] good = encrypted(key(1), iv(2));
        byte[] bad = good.clone();
        bad[bad.length - 1] ^= 1;

        assertThatThrownBy(() -> decrypted(key(1), iv(2), bad)).isInstanceOf(BadPaddingException.class);

        assertThat(decrypted(key(1), iv(2), good)).isEqualTo(MESSAGE);
    }

    @Test
    void decrypt_manyThreadsAtOnce_areIndependent() throws Exception {
        List<byte[]> encrypted = new ArrayList<>();
        for (int key = 0; key < 4; key++) {
            encrypted.add(encrypted(key(key), iv(key)));
        }
        List<Callable<byte[]>> tickets = IntStream.range(0, 2_000)
                .<Callable<byte[]>>mapToObj(i -> () -> decrypted(key(i % 4), iv(i % 4), encrypted.get(i % 4)))
                .toList();

        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<byte[]> message : threads.invokeAll(tickets)) {
                assertThat(message.get()).isEqualTo(MESSAGE);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void decrypt_providerAddedLater_isNotUsed() throws Exception {
        byte[] encrypted = encrypted(key(1), iv(2));
        AesCbc platform = AesCbc.ofPlatform();
        int before = FaultyAes.MADE.get();
        FaultyAes.Provided later = new FaultyAes.Provided();
        Security.insertProviderAt(later, 1);
        try {
            assertThat(platform.decrypt(key(1), iv(2), encrypted, 0, encrypted.length))
                    .isEqualTo(MESSAGE);
        } finally {
            Security.removeProvider(later.getName());
        }

        assertThat(FaultyAes.MADE).hasValue(before);
    }

    @Test
    void decrypt_cipherThatCannotBeUsedTwice_isReplaced() throws Exception {
        byte[] encrypted = encrypted(key(1), iv(2));
        AesCbc faulty = AesCbc.of(new FaultyAes.Provided());
        int before = FaultyAes.MADE.get();

        assertThat(faulty.decrypt(key(1), iv(2), encrypted, 0, encrypted.length))
                .isEqualTo(MESSAGE);
        assertThat(faulty.decrypt(key(1), iv(2), encrypted, 0, encrypted.length))
                .isEqualTo(MESSAGE);

        assertThat(FaultyAes.MADE).hasValue(before + 2);
    }

    private static byte[] decrypted(byte[] key, IvParameterSpec iv, byte[] encrypted) throws GeneralSecurityException {
        return AES.decrypt(key, iv, encrypted, 0, encrypted.length);
    }

    private static byte[] encrypted(byte[] key, IvParameterSpec iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), iv);
        return cipher.doFinal(MESSAGE);
    }

    private static byte[] key(int value) {
        byte[] key = new byte[16];
        key[0] = (byte) value;
        return key;
    }

    private static IvParameterSpec iv(int value) {
        return new IvParameterSpec(key(value));
    }
}
