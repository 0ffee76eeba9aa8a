package dev.gangway.internal.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import java.util.logging.Level;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The names of MBeans, and failures of the registration. */
class JmxRegistrationTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private TicketKeyManager manager;

    @BeforeEach
    void openManager() throws Exception {
        manager = TicketKeyManager.open(
                new FixedSource(KeyRotation.DEFAULT.initialKeys(START, new SecureRandom())),
                TicketPolicy.DEFAULT,
                new ManualClock(START));
    }

    @Test
    void of_twoOfOneName_bothAreThereAndTheFirstNameIsGivenAgain() throws Exception {
        JmxRegistration first = register("Catalina");
        JmxRegistration second = register("Catalina");
        JmxRegistration other = register("Jetty");

        assertThat(registered()).containsExactlyInAnyOrder(named("Catalina"), named("Catalina-2"), named("Jetty"));
        assertThat(first.name()).contains(named("Catalina"));

        first.close();
        assertThat(register("Catalina").name()).contains(named("Catalina"));
        second.close();
        other.close();
        assertThat(registered()).containsExactly(named("Catalina"));
    }

    @Test
    void of_nameWithSignsThatMeanSomethingInJmx_isQuoted() {
        for (String awkward : new String[] {"a,b=c:d", "*", "?", "two words", "a\"b", "line\nbreak", ""}) {
            JmxRegistration registration = register(awkward);
            ObjectName name = registration.name().orElseThrow();
            assertThat(name.isPattern()).as(awkward).isFalse();
            assertThat(ObjectName.unquote(name.getKeyProperty("name"))).isEqualTo(awkward);
            registration.close();
        }
        assertThat(registered()).isEmpty();
    }

    @Test
    void of_jmxFails_warnsAndGoesOn() {
        for (Exception failure : new Exception[] {
            new MBeanRegistrationException(new Exception("full")), new SecurityException("not allowed")
        }) {
            try (LogCapture log = new LogCapture();
                    JmxRegistration registration = JmxRegistration.of(
                            failing("registerMBean", failure),
                            new HandshakeRecorder(manager),
                            "Jetty",
                            "jdk",
                            ConnectorView.UNKNOWN)) {
                assertThat(registration.name()).isEmpty();
                assertThat(log.at(Level.WARNING))
                        .singleElement()
                        .asString()
                        .contains(
                                "The MBean for the ticket keys of Jetty cannot be registered; the server runs, but JMX has no"
                                        + " data about its ticket keys: ",
                                failure.getClass().getSimpleName());
            }
        }
    }

    @Test
    void close_jmxFails_warnsAndGoesOn() {
        JmxRegistration registration = JmxRegistration.of(
                failing("unregisterMBean", new SecurityException("no")),
                new HandshakeRecorder(manager),
                "Jetty",
                "jdk",
                ConnectorView.UNKNOWN);
        try (LogCapture log = new LogCapture()) {
            registration.close();
            assertThat(log.at(Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains("name=Jetty cannot be removed from JMX: ");
        }
    }

    @Test
    void close_twiceOrTakenOutByOthers_isQuiet() throws Exception {
        JmxRegistration registration = register("Jetty");
        server.unregisterMBean(named("Jetty"));
        try (LogCapture log = new LogCapture()) {
            registration.close();
            registration.close();
            assertThat(log.at(Level.WARNING)).isEmpty();
        }
    }

    private JmxRegistration register(String name) {
        return JmxRegistration.of(server, new HandshakeRecorder(manager), name, "jdk", ConnectorView.UNKNOWN);
    }

    private Set<ObjectName> registered() {
        return server.queryNames(all(), null);
    }

    private static ObjectName all() {
        return objectName("dev.gangway:*");
    }

    private static ObjectName named(String name) {
        return objectName("dev.gangway:type=TicketKeys,name=" + name);
    }

    private static ObjectName objectName(String name) {
        try {
            return new ObjectName(name);
        } catch (javax.management.MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    private MBeanServer failing(String method, Exception failure) {
        return (MBeanServer) Proxy.newProxyInstance(
                MBeanServer.class.getClassLoader(), new Class<?>[] {MBeanServer.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        throw failure;
                    }
                    try {
                        return called.invoke(server, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
