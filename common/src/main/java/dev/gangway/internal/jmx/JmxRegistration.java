package dev.gangway.internal.jmx;

import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.ConnectorView;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** One key manager in an MBean server, as {@code dev.gangway:type=TicketKeys,name=…}. */
public final class JmxRegistration implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[^,=:\"*?\\s]+");
    // Far more servers with one name than a JVM has.
    private static final int MOST_OF_ONE_NAME = 1000;

    private final MBeanServer server;
    private final Optional<ObjectName> name;

    private JmxRegistration(MBeanServer server, Optional<ObjectName> name) {
        this.server = server;
        this.name = name;
    }

    /**
     * Registers a server's key manager and handshake counts in the platform's MBean server. Never throws: a failure is
     * logged, because a server works without monitoring.
     *
     * @param name distinguishes the server from others in this JVM; if it is taken, {@code -2}, {@code -3}, … is
     *     appended
     * @param engine the TLS implementation, as JMX shows it
     * @param connectors the server's connectors
     */
    public static JmxRegistration of(
            HandshakeRecorder handshakes, String name, String engine, ConnectorView connectors) {
        return of(ManagementFactory.getPlatformMBeanServer(), handshakes, name, engine, connectors);
    }

    static JmxRegistration of(
            MBeanServer server, HandshakeRecorder handshakes, String name, String engine, ConnectorView connectors) {
        Optional<ObjectName> registered = Optional.empty();
        try {
            DescribedMBean bean = new DescribedMBean(TicketKeysView.of(handshakes, engine, connectors));
            registered = Optional.of(register(server, bean, name));
        } catch (JMException | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "The MBean for the ticket keys of {0} cannot be registered; the server runs, but JMX has no data about"
                            + " its ticket keys: {1}",
                    name,
                    e);
        }
        return new JmxRegistration(server, registered);
    }

    /** Empty if the registration failed. */
    public Optional<ObjectName> name() {
        return name;
    }

    @Override
    public void close() {
        if (name.isPresent()) {
            try {
                server.unregisterMBean(name.get());
            } catch (InstanceNotFoundException e) {
                // The MBean has already been removed.
            } catch (JMException | RuntimeException e) {
                LOG.log(Level.WARNING, "MBean {0} cannot be removed from JMX: {1}", name.get(), e);
            }
        }
    }

    private static ObjectName register(MBeanServer server, DescribedMBean bean, String name) throws JMException {
        for (int number = 1; ; number++) {
            String unique = number == 1 ? name : name + "-" + number;
            try {
                return server.registerMBean(bean, objectName(unique)).getObjectName();
            } catch (InstanceAlreadyExistsException e) {
                if (number == MOST_OF_ONE_NAME) {
                    throw e;
                }
            }
        }
    }

    private static ObjectName objectName(String name) throws JMException {
        String value = NEEDS_NO_QUOTES.matcher(name).matches() ? name : ObjectName.quote(name);
        return new ObjectName("dev.gangway:type=TicketKeys,name=" + value);
    }
}
