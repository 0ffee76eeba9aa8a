package dev.gangway.internal.keyfile;

import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import java.nio.file.Path;

/**
 * A small file with a secret, and what messages say of it and advise if it cannot be used.
 *
 * @param allow its permitted readers besides the owner
 * @param kind what it is, such as {@code key file}
 * @param example a name for such a file
 * @param remedies what an operator can do
 */
public record SecretFile(Path path, Allow allow, String kind, String example, Remedies remedies) {
    private static final String CREATE = "create it with mode 600";

    /**
     * Each is a part of a sentence.
     *
     * @param ifMissing how such a file is made
     * @param ifEmpty how it gets its content
     * @param ifReadByGroup how to accept a file that its group can read
     * @param ifReadByOthers how to accept a file that its group, or everybody, can read
     */
    public record Remedies(String ifMissing, String ifEmpty, String ifReadByGroup, String ifReadByOthers) {}

    /** @param making the command that makes such a file */
    public static SecretFile ofKeys(Path path, Allow allow, String making) {
        return new SecretFile(
                path,
                allow,
                "key file",
                "ticket.keys",
                new Remedies(
                        "make the file with '" + making + "'",
                        "make a new one with '" + making + "'",
                        "append '?allow=group' to the path",
                        "append '?allow=group' or '?allow=anyone' to the path"));
    }

    /** The properties file of a store. */
    public static SecretFile ofStore(Path path, Allow allow) {
        return besideStore(path, allow, path, "store file", "store.properties", CREATE, "write the properties into it");
    }

    /** @param property what the file contains, such as {@code password} */
    public static SecretFile ofProperty(String property, Path path, Allow allow, Path storeFile) {
        return besideStore(
                path,
                allow,
                storeFile,
                property + " file",
                property + ".txt",
                CREATE,
                "write the value of '" + property + "' into it");
    }

    /** A file that encrypts the document in a store. */
    public static SecretFile ofWrappingKey(Path path, Allow allow, Path storeFile) {
        String making = "make the first one with 'umask 077; openssl rand 32 > " + path + "'";
        return besideStore(
                path,
                allow,
                storeFile,
                "wrapping key file",
                "wrapping.key",
                "copy it from another node, " + making,
                "copy it from another node, or " + making);
    }

    /** A node's copy of the document in a store. */
    public static SecretFile ofLastKnown(Path path, Allow allow, Path storeFile) {
        return besideStore(
                path,
                allow,
                storeFile,
                "lastKnown file",
                "last-known",
                "wait until the server has written it",
                "the server writes it again when the store answers");
    }

    // The option of the setting applies to the store file and to all files that it names.
    private static SecretFile besideStore(
            Path path, Allow allow, Path storeFile, String kind, String example, String ifMissing, String ifEmpty) {
        String keys = "store:" + storeFile + "?allow=";
        return new SecretFile(
                path,
                allow,
                kind,
                example,
                new Remedies(
                        ifMissing,
                        ifEmpty,
                        "set keys to '" + keys + "group'",
                        "set keys to '" + keys + "group' or '" + keys + "anyone'"));
    }

    /** How messages begin. */
    @Override
    public String toString() {
        return kind + " " + path;
    }
}
