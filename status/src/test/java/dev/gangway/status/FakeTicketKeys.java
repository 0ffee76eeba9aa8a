package dev.gangway.status;

import dev.gangway.TicketKeysMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** A registered MBean like Gangway's, with values that a test sets. */
final class FakeTicketKeys implements AutoCloseable {
    private final ObjectName name;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private FakeTicketKeys(ObjectName name) {
        this.name = name;
    }

    /** @param attributes the values other than zero or empty */
    static FakeTicketKeys register(String name, Map<String, Object> attributes) throws JMException {
        FakeTicketKeys fake = new FakeTicketKeys(new ObjectName("dev.gangway:type=TicketKeys,name=" + name));
        TicketKeysMXBean bean = saying(TicketKeysMXBean.class, attributes);
        fake.server.registerMBean(new StandardMBean(bean, TicketKeysMXBean.class, true), fake.name);
        return fake;
    }

    static TicketKeysMXBean.Key key(String name, String role) {
        return saying(TicketKeysMXBean.Key.class, Map.of("Name", name, "Role", role));
    }

    static TicketKeysMXBean.Handshakes handshakes(String protocol, Map<String, Object> counts) {
        Map<String, Object> all = new HashMap<>(counts);
        all.put("Protocol", protocol);
        return saying(TicketKeysMXBean.Handshakes.class, all);
    }

    @Override
    public void close() throws JMException {
        server.unregisterMBean(name);
    }

    private static <T> T saying(Class<T> type, Map<String, Object> attributes) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            Object value = attributes.get(method.getName().replaceFirst("^get", ""));
            return value != null ? value : nothing(method.getReturnType());
        }));
    }

    // A String is null, like the times of a raw key.
    private static Object nothing(Class<?> type) {
        if (type == long.class) {
            return 0L;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == double.class) {
            return 0.0;
        }
        return type == List.class ? List.of() : null;
    }
}
