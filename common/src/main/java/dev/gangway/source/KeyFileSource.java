package dev.gangway.source;

import dev.gangway.keyfile.HaproxyKeys;
import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keyfile.KeysetText;
import dev.gangway.keyfile.SafeFileReader;
import dev.gangway.keyfile.SafeFileReader.Allow;
import dev.gangway.keys.Keyset;
import dev.gangway.keys.OrderedKeyset;
import dev.gangway.keys.Sha256;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.WeakKeyException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keys from files: one {@linkplain KeysetText keyset}, one file of {@linkplain HaproxyKeys HAProxy}, or raw 48- or 80-byte
 * key files as nginx, Apache and Envoy take them, of which the first seals and the others only open.
 *
 * <p>Files are compared by content, not by time stamp or file-system event: that sees an atomic rename, a symbolic link
 * swapped as Kubernetes does it, a network mount and a restored backup alike.
 */
public final class KeyFileSource implements KeySource {
    private static final String FORMATS =
            "a key file is a keyset (made by 'keys new'), or one raw key of exactly 48 or 80"
                    + " bytes (openssl rand 80), or at least three lines of base64 as HAProxy has them";

    private final List<Path> files;
    private final Allow allow;
    private final boolean verbatim;
    private byte[] lastDigest = new byte[0];

    private KeyFileSource(List<Path> files, Allow allow, boolean verbatim) {
        this.files = List.copyOf(files);
        this.allow = allow;
        this.verbatim = verbatim;
    }

    /**
     * @param files one keyset file, or one or more raw key files in order
     * @param verbatim whether raw keys are used {@linkplain TicketKey#isVerbatim byte for byte}
     */
    public static KeyFileSource of(List<Path> files, Allow allow, boolean verbatim) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a key file source needs at least one file");
        }
        return new KeyFileSource(files, allow, verbatim);
    }

    @Override
    public Optional<Keyset> loadIfChanged(Instant now) throws KeyFileException {
        List<byte[]> contents = new ArrayList<>();
        try {
            for (Path file : files) {
                contents.add(SafeFileReader.read(file, allow, making(file)));
            }
            byte[] digest = digest(contents);
            if (Arrays.equals(digest, lastDigest)) {
                return Optional.empty();
            }
            Keyset keyset = parse(contents);
            lastDigest = digest;
            return Optional.of(keyset);
        } finally {
            contents.forEach(content -> Arrays.fill(content, (byte) 0));
        }
    }

    @Override
    public void offerAgain() {
        lastDigest = new byte[0];
    }

    @Override
    public String describe() {
        return files.stream().map(Path::toString).collect(Collectors.joining(",", "file:", ""));
    }

    // Of several files, none can be a keyset.
    private String making(Path file) {
        return files.size() > 1 || verbatim ? "umask 077; openssl rand 80 > " + file : "keys new " + file;
    }

    private Keyset parse(List<byte[]> contents) throws KeyFileException {
        if (KeysetText.looksLike(contents.get(0))) {
            if (files.size() > 1) {
                throw new KeyFileException(
                        files.get(0) + " is a keyset, which holds all keys: it must be the only file," + " but "
                                + files.size() + " are given");
            }
            if (verbatim) {
                throw new KeyFileException(
                        files.get(0) + " is a keyset, which no other software uses byte for byte: remove"
                                + " '?verbatim', or give raw key files");
            }
            return KeysetText.parse(contents.get(0), "key file " + files.get(0));
        }
        if (files.size() == 1 && HaproxyKeys.looksLike(contents.get(0))) {
            return haproxy(contents.get(0), files.get(0));
        }
        List<TicketKey> keys = new ArrayList<>();
        try {
            for (int i = 0; i < contents.size(); i++) {
                keys.add(raw(contents.get(i), files.get(i)));
            }
            return OrderedKeyset.of(keys);
        } catch (WeakKeyException e) {
            keys.forEach(key -> key.secret().destroy());
            throw new KeyFileException(describe() + ": " + e.getMessage(), e);
        } catch (KeyFileException e) {
            keys.forEach(key -> key.secret().destroy());
            throw e;
        }
    }

    // Any word of letters looks like base64, so what was meant may be something else.
    private Keyset haproxy(byte[] content, Path file) throws KeyFileException {
        try {
            return HaproxyKeys.parse(content, "key file " + file, verbatim);
        } catch (KeyFileException e) {
            throw new KeyFileException(e.getMessage() + "; " + FORMATS, e);
        }
    }

    private TicketKey raw(byte[] content, Path file) throws KeyFileException {
        if (content.length != 48 && content.length != 80) {
            throw new KeyFileException("key file " + file + " has " + content.length
                    + " bytes and is no keyset, which starts with 'gangway-keyset 1'; it may be cut short: " + FORMATS);
        }
        return TicketKey.raw(content, verbatim);
    }

    // The digest of random secrets tells nobody anything about them.
    private static byte[] digest(List<byte[]> contents) {
        ByteBuffer digests = ByteBuffer.allocate(32 * contents.size());
        contents.forEach(content -> digests.put(Sha256.of(content)));
        return Sha256.of(digests.array());
    }
}
