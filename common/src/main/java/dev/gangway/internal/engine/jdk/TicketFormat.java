package dev.gangway.internal.engine.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The name of the format in which SunJSSE of this Java writes tickets: a digest of the classes that write and read them.
 *
 * <p>SunJSSE writes its session object field by field, and has changed the fields in update releases too; in TLS 1.2 a ticket
 * that decrypts but does not parse fails the handshake. Neither the version nor the vendor says whether two Java versions
 * have the same format, but their code does: with the same code, one reads what the other has written as it reads what it
 * has written itself. Code that differs without need for it separates nodes that could share, and costs full handshakes only.
 */
final class TicketFormat {
    /**
     * The classes that write and read sessions and tickets, with the classes nested in them. The last four give the
     * numbers in a session their meaning.
     */
    static final List<String> CLASSES = List.of(
            "SSLSessionImpl",
            "SessionTicketExtension",
            "HandshakeOutStream",
            "Record",
            "CipherSuite",
            "ProtocolVersion",
            "SessionId",
            "SignatureScheme");

    private static final String PACKAGE = "sun.security.ssl.";
    // Not a matter of security: nobody can choose the code of a JDK.
    private static final int LENGTH = 8;

    /** The feature releases of Java for which these classes have been seen to be all that the format depends on. */
    private static final Set<Integer> KNOWN_RELEASES = Set.of(17, 21, 25);

    private TicketFormat() {}

    /**
     * Such as {@code sunjsse/0d9c3a5f1e2b4c6d}. It also names the exact build of Java if that is of a release whose code
     * may be in other classes, and instead of the digest if the classes cannot be read.
     */
    static String name() {
        return OfThisJvm.NAME;
    }

    static String name(String digest, Runtime.Version java) {
        return KNOWN_RELEASES.contains(java.feature()) ? digest : digest + "/" + java;
    }

    private static String compute() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : CLASSES) {
                Class<?>[] nest = Class.forName(PACKAGE + name, false, null).getNestMembers();
                Arrays.sort(nest, Comparator.comparing(Class::getName));
                for (Class<?> each : nest) {
                    add(each, digest);
                }
            }
            return "sunjsse/" + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), LENGTH));
        } catch (ClassNotFoundException | IOException | LinkageError e) {
            return "sunjsse/" + Runtime.version();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    private static void add(Class<?> each, MessageDigest digest) throws IOException {
        String resource = each.getName().replace('.', '/') + ".class";
        try (InputStream file = each.getModule().getResourceAsStream(resource)) {
            if (file == null) {
                throw new IOException("no " + resource);
            }
            byte[] bytes = ClassWithoutLines.of(file.readAllBytes());
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
    }

    /** Computed once: there are about fifty classes. */
    private static final class OfThisJvm {
        static final String NAME = name(compute(), Runtime.version());
    }
}
