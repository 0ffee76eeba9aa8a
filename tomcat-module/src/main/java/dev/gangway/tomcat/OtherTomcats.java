package dev.gangway.tomcat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;

/**
 * TLS connectors of this process that no listener serves, whichever Tomcat they are of. An embedding program may have several, such
 * as one for management, that know nothing of each other; what they share is the process's list of threads, where each connector
 * has one that accepts connections and bears its name.
 */
final class OtherTomcats {
    private static final Pattern TLS_ACCEPTOR = Pattern.compile("(https-.+)-Acceptor(?:-\\d+)?");

    // Names of connectors, as in their threads' names.
    private static final Set<String> SERVED = ConcurrentHashMap.newKeySet();

    private OtherTomcats() {}

    static void opened(Connector connector) {
        SERVED.add(threadsOf(connector));
    }

    static void closed(Connector connector) {
        SERVED.remove(threadsOf(connector));
    }

    /** Such as {@code https-jsse-nio-8443}. */
    static List<String> tlsConnectors() {
        Set<String> names = new TreeSet<>();
        for (Thread thread : threads()) {
            Matcher acceptor = TLS_ACCEPTOR.matcher(thread == null ? "" : thread.getName());
            if (acceptor.matches()) {
                names.add(acceptor.group(1));
            }
        }
        names.removeAll(SERVED);
        return List.copyOf(names);
    }

    private static String threadsOf(Connector connector) {
        return connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol
                ? protocol.getName().replace("\"", "")
                : connector.toString();
    }

    private static Thread[] threads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[2 * root.activeCount() + 16];
        root.enumerate(threads);
        return threads;
    }
}
