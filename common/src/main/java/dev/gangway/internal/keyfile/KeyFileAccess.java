package dev.gangway.internal.keyfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;

/**
 * To whom a key file is to belong, instead of the user who writes it.
 *
 * @param owner a user's name
 * @param group a group's name; its members may then read the file, with mode 0640
 */
public record KeyFileAccess(Optional<String> owner, Optional<String> group) {
    /** The default: a new file is for the user who writes it, a replaced file keeps what it has. */
    public static final KeyFileAccess UNCHANGED = new KeyFileAccess(Optional.empty(), Optional.empty());

    /** @throws IOException if there is no such user or group, or this user may not give files to them */
    void give(Path file) throws IOException {
        if (equals(UNCHANGED)) {
            return;
        }
        PosixFileAttributeView view =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        : null;
        if (view == null) {
            throw new IOException("this file system has no owners and groups; leave out --owner and --group");
        }
        UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
        // The group comes before its permission, so that no other group can read the file meanwhile. The owner comes
        // last, because only an owner can change the rest.
        if (group.isPresent()) {
            GroupPrincipal principal = group(names, group.get());
            try {
                view.setGroup(principal);
            } catch (IOException e) {
                throw notPermitted("group " + group.get(), e);
            }
            view.setPermissions(PosixFilePermissions.fromString("rw-r-----"));
        }
        if (owner.isPresent()) {
            UserPrincipal principal = owner(names, owner.get());
            try {
                view.setOwner(principal);
            } catch (IOException e) {
                throw notPermitted("user " + owner.get(), e);
            }
        }
    }

    private static GroupPrincipal group(UserPrincipalLookupService names, String name) throws IOException {
        try {
            return names.lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("there is no group " + name + "; 'getent group' lists the groups", e);
        }
    }

    private static UserPrincipal owner(UserPrincipalLookupService names, String name) throws IOException {
        try {
            return names.lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("there is no user " + name + "; 'getent passwd' lists the users", e);
        }
    }

    private static IOException notPermitted(String who, IOException e) {
        return new IOException(
                "user " + System.getProperty("user.name") + " may not give a file to " + who + " (" + e
                        + "); run this as root",
                e);
    }
}
