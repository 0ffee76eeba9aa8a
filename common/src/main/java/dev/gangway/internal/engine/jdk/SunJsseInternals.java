package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.InstallationException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * Everything Gangway uses inside {@code sun.security.ssl}: two fields of {@code SSLSessionContextImpl}, the three-field
 * class of one ticket key, and one field of {@code SSLSessionImpl}.
 *
 * <p>Looked up once; a JDK that lacks any of it is refused before a server starts.
 */
final class SunJsseInternals {
    private static final String PACKAGE = "sun.security.ssl";
    private static final String SESSION_CONTEXT = PACKAGE + ".SSLSessionContextImpl";
    private static final String SESSION = PACKAGE + ".SSLSessionImpl";
    private static final String STATELESS_KEY = PACKAGE + ".SessionTicketExtension$StatelessKey";

    // So late that SunJSSE's own expiry never applies, but SunJSSE can add a session timeout without overflow.
    // JdkTicketKeys decides by the manager's clock when a key seals and opens.
    private static final long NEVER = Long.MAX_VALUE / 2;

    private final Class<?> sessionContext;
    private final Field keyMap;
    private final Field currentKeyId;
    private final Constructor<?> newStatelessKey;
    private final Field key;
    private final Field number;
    private final Field timeout;
    private final Optional<TicketNonceCounter> ticketNonce;
    private final Optional<TicketReader> ticketReader;

    private SunJsseInternals() throws ReflectiveOperationException {
        sessionContext = Class.forName(SESSION_CONTEXT);
        keyMap = open(sessionContext, "keyHashMap", Map.class);
        currentKeyId = open(sessionContext, "currentKeyID", int.class);
        Class<?> statelessKey = Class.forName(STATELESS_KEY);
        key = open(statelessKey, "key", SecretKey.class);
        number = open(statelessKey, "num", int.class);
        timeout = open(statelessKey, "timeout", long.class);
        newStatelessKey = withoutOwnConstructor(statelessKey);
        ticketNonce = TicketNonceCounter.in(Class.forName(SESSION));
        ticketReader = TicketReader.in(PACKAGE);
    }

    /** @throws InstallationException naming the JVM flag that is missing, or what this JDK lacks */
    static SunJsseInternals open() throws InstallationException {
        Module mine = SunJsseInternals.class.getModule();
        if (!Object.class.getModule().isOpen(PACKAGE, mine)) {
            throw new InstallationException(missingFlag(mine));
        }
        try {
            SunJsseInternals internals = new SunJsseInternals();
            internals.setFields(internals.newStatelessKey.newInstance(), 0, null);
            return internals;
        } catch (IllegalAccessException e) {
            throw new InstallationException(finalFields(mine), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new InstallationException(
                    "Java " + Runtime.version() + " keeps its ticket keys in a way that Gangway does not support (" + e
                            + "); use a Java version that Gangway's documentation names",
                    e);
        }
    }

    void requireSunJsse(SSLSessionContext sessions) throws InstallationException {
        if (!sessionContext.isInstance(sessions)) {
            throw new InstallationException("engine 'jdk' needs an SSLContext of SunJSSE, but this one has a "
                    + sessions.getClass().getName() + "; remove the other security provider from this connector");
        }
    }

    void replaceKeyMap(SSLSessionContext sessions, Map<Integer, Object> replacement) throws InstallationException {
        try {
            keyMap.set(sessions, replacement);
        } catch (IllegalAccessException e) {
            throw new InstallationException(
                    "SunJSSE's ticket key map cannot be replaced on Java " + Runtime.version(), e);
        }
    }

    /** Makes SunJSSE look up its sealing key under {@code id}. */
    void setCurrentKeyId(SSLSessionContext sessions, int id) throws InstallationException {
        try {
            currentKeyId.setInt(sessions, id);
        } catch (IllegalAccessException e) {
            throw new InstallationException("SunJSSE's current key cannot be set on Java " + Runtime.version(), e);
        }
    }

    /** SunJSSE's own object for a ticket key. */
    Object newKey(int keyNumber, SecretKey secretKey) {
        try {
            Object statelessKey = newStatelessKey.newInstance();
            setFields(statelessKey, keyNumber, secretKey);
            return statelessKey;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SunJSSE's ticket key class has changed at run time", e);
        }
    }

    private void setFields(Object statelessKey, int keyNumber, SecretKey secretKey) throws IllegalAccessException {
        key.set(statelessKey, secretKey);
        number.setInt(statelessKey, keyNumber);
        timeout.setLong(statelessKey, NEVER);
    }

    void issueNoMoreTickets(SSLSession session) {
        ticketNonce.ifPresent(nonce -> nonce.zero(session));
    }

    /** @throws InstallationException if the client certificates in tickets cannot be read on this JDK */
    void requireTicketReader() throws InstallationException {
        if (ticketReader.isEmpty()) {
            throw new InstallationException(
                    "Java " + Runtime.version() + " reads tickets in a way that Gangway does not support, so"
                            + " client certificates cannot be checked on resumption; use a Java version that Gangway's documentation"
                            + " names, or do not ask for client certificates on this connector");
        }
    }

    /** See {@link TicketReader#clientChain}. */
    Optional<List<X509Certificate>> clientChain(SSLEngine server, byte[] ticket) {
        return ticketReader.flatMap(reader -> reader.clientChain(server, ticket));
    }

    /** See {@link TicketReader#lengthOfSession}; 0 if this JDK makes tickets in a way that Gangway does not support. */
    int lengthOfSession(SSLEngine server) {
        return ticketReader.map(reader -> reader.lengthOfSession(server)).orElse(0);
    }

    /** See {@link TicketReader#canReadBack}; false if this JDK reads tickets in a way that Gangway does not support. */
    boolean canReadBack(SSLEngine server) {
        return ticketReader.isPresent() && ticketReader.get().canReadBack(server);
    }

    private static Field open(Class<?> owner, String name, Class<?> type) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        if (field.getType() != type) {
            throw new NoSuchFieldException(
                    owner.getName() + "." + name + " is a " + field.getType().getName());
        }
        field.setAccessible(true);
        return field;
    }

    // The only constructor of StatelessKey makes a random key and needs a handshake. The platform supports one way to
    // create an object without calling its class's constructors, that of serialization (module jdk.unsupported). It is
    // called by reflection because --release 17 hides it from the compiler.
    private static Constructor<?> withoutOwnConstructor(Class<?> type) throws ReflectiveOperationException {
        Class<?> factoryClass = Class.forName("sun.reflect.ReflectionFactory");
        Object factory = factoryClass.getMethod("getReflectionFactory").invoke(null);
        Method method = factoryClass.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
        try {
            return (Constructor<?>) method.invoke(factory, type, Object.class.getDeclaredConstructor());
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(e.getCause());
        }
    }

    // JEP 500. There is no other way: SunJSSE makes the map itself, in a class that cannot be extended, and the entries
    // of
    // its map cannot depend on the connection, as Gangway's do.
    private static String finalFields(Module mine) {
        String flag = "--enable-final-field-mutation=" + nameOf(mine);
        return "engine 'jdk' sets final fields of SunJSSE, which Java " + Runtime.version()
                + " refuses (JEP 500): add the JVM flag " + flag
                + " where the JVM flag --add-opens is set, or use engine 'conscrypt'";
    }

    private static String nameOf(Module mine) {
        return mine.isNamed() ? mine.getName() : "ALL-UNNAMED";
    }

    private static String missingFlag(Module mine) {
        String flag = "--add-opens=java.base/" + PACKAGE + "=" + nameOf(mine);
        return "engine 'jdk' needs the JVM flag " + flag + " and this JVM was started without it."
                + " Jetty: the module 'gangway' sets it in $JETTY_BASE/modules/gangway-engine/jdk.mod, under [exec];"
                + " if it was removed there, add it to JDK_JAVA_OPTIONS."
                + " Tomcat: put CATALINA_OPTS=\"$CATALINA_OPTS " + flag + "\" into $CATALINA_BASE/bin/setenv.sh."
                + " Debian's package tomcat10: put JAVA_OPTS=\"$JAVA_OPTS " + flag + "\" into /etc/default/tomcat10."
                + " Embedded: add it to the java command line, or 'Add-Opens: java.base/" + PACKAGE
                + "' to the manifest of the executable jar.";
    }
}
