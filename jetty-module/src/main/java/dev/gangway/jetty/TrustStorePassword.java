package dev.gangway.jetty;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads the password of a factory's trust store, for which Jetty has a setter and no getter. */
final class TrustStorePassword {
    private static final Logger LOG = System.getLogger("dev.gangway.jetty");

    // The names in Jetty's versions.
    private static final Set<String> FIELDS = Set.of("_trustStoreCredential", "_trustStorePassword");

    private TrustStorePassword() {}

    /** Empty if none is set, or if it cannot be read, which is logged if there is a trust store that may need it. */
    static Optional<String> of(SslContextFactory source) {
        try {
            Field field = Arrays.stream(SslContextFactory.class.getDeclaredFields())
                    .filter(each -> FIELDS.contains(each.getName()))
                    .findAny()
                    .orElseThrow(() -> new NoSuchFieldException(FIELDS.toString()));
            field.setAccessible(true);
            return Optional.ofNullable(field.get(source)).map(Object::toString);
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (source.getTrustStoreResource() != null) {
                LOG.log(
                        Level.WARNING,
                        "The password of the trust store {0} cannot be taken over: call setTrustStorePassword on the"
                                + " GangwaySslContextFactory if there is one ({1})",
                        source.getTrustStoreResource(),
                        e);
            }
            return Optional.empty();
        }
    }
}
