package dev.gangway.internal.engine.conscrypt;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;

/** AES-CBC of a provider like one for a hardware token: the second initialisation of a cipher fails. */
public final class FaultyAes extends CipherSpi {
    static final AtomicInteger MADE = new AtomicInteger();

    /** The provider. */
    static final class Provided extends Provider {
        private static final long serialVersionUID = 1L;

        Provided() {
            super("Faulty", "1", "for a test");
            put("Cipher.AES/CBC/PKCS5Padding", FaultyAes.class.getName());
        }
    }

    private final Cipher own;
    private boolean isUsed;

    public FaultyAes() throws GeneralSecurityException {
        MADE.incrementAndGet();
        own = Cipher.getInstance("AES/CBC/PKCS5Padding", "SunJCE");
    }

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (isUsed) {
            throw new ProviderException("the token was removed");
        }
        isUsed = true;
        own.init(mode, key, parameters);
    }

    @Override
    protected byte[] engineDoFinal(byte[] input, int from, int length)
            throws IllegalBlockSizeException, BadPaddingException {
        return own.doFinal(input, from, length);
    }

    @Override
    protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException(mode);
    }

    @Override
    protected void engineSetPadding(String padding) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected int engineGetBlockSize() {
        return own.getBlockSize();
    }

    @Override
    protected int engineGetOutputSize(int length) {
        return own.getOutputSize(length);
    }

    @Override
    protected byte[] engineGetIV() {
        return own.getIV();
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
        return own.getParameters();
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int from, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected int engineUpdate(byte[] input, int from, int length, byte[] output, int to) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected int engineDoFinal(byte[] input, int from, int length, byte[] output, int to) {
        throw new UnsupportedOperationException();
    }
}
