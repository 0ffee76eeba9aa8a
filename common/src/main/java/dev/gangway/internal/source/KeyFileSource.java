package dev.gangway.internal.source;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.HaproxyKeys;
import dev.gangway.internal.keyfile.SafeFileReader;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.KeysetText;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.keys.Sha256;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.WeakKeyException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keys from files: one {@linkplain KeysetText keyset}, one {@linkplain HaproxyKeys HAProxy} file, or raw key files of
 * 48 or 80 bytes as nginx, Apache and Envoy use them, of which the first seals and the others only open.
 *
 * <p>Changes are detected by content, not by time stamp or file-system event. That also works with an atomic rename, a
 * symbolic link that Kubernetes replaces, a network mount and a restored backup.
 */
public final class KeyFileSource implements KeysetSource {
    private final List<Path> files;
    private final Allow allow;
    private final boolean verbatim;
    private final LastContent last = new LastContent();

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
    public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
        List<byte[]> contents = new ArrayList<>();
        try {
            for (Path file : files) {
                contents.add(SafeFileReader.read(file, allow, making(file)));
            }
            return last.ifChanged(digest(contents), () -> parse(contents));
        } finally {
            contents.forEach(content -> Arrays.fill(content, (byte) 0));
        }
    }

    @Override
    public void forgetLast() {
        last.forget();
    }

    @Override
    public String describe() {
        return files.stream().map(Path::toString).collect(Collectors.joining(",", "file:", ""));
    }

    // None of several files can be a keyset.
    private String making(Path file) {
        return files.size() > 1 || verbatim ? "umask 077; openssl rand 80 > " + file : "keys new " + file;
    }

    private Keyset parse(List<byte[]> contents) throws KeySourceException {
        if (KeysetText.looksLike(contents.get(0))) {
            if (files.size() > 1) {
                throw new KeySourceException(
                        files.get(0) + " is a keyset, which contains all keys: it must be the only file," + " but "
                                + files.size() + " are given");
            }
            if (verbatim) {
                throw new KeySourceException(
                        files.get(0) + " is a keyset, and verbatim applies to raw keys only: remove"
                                + " '?verbatim', or give raw key files");
            }
        }
        if (files.size() == 1) {
            return KeyContent.parse(contents.get(0), nameOf(files.get(0)), verbatim);
        }
        List<TicketKey> keys = new ArrayList<>();
        try {
            for (int i = 0; i < contents.size(); i++) {
                keys.add(KeyContent.raw(contents.get(i), nameOf(files.get(i)), verbatim));
            }
            return OrderedKeyset.of(keys);
        } catch (WeakKeyException e) {
            keys.forEach(key -> key.secret().destroy());
            throw new KeySourceException(describe() + ": " + e.getMessage(), e);
        } catch (KeySourceException e) {
            keys.forEach(key -> key.secret().destroy());
            throw e;
        }
    }

    private static String nameOf(Path file) {
        return "key file " + file;
    }

    private static byte[] digest(List<byte[]> contents) {
        ByteBuffer digests = ByteBuffer.allocate(32 * contents.size());
        contents.forEach(content -> digests.put(Sha256.of(content)));
        return Sha256.of(digests.array());
    }
}
