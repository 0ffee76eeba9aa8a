package dev.gangway.tomcat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Server;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;

/**
 * TLS connectors of this process, of any Tomcat, that no listener serves. An embedding program may have several
 * Tomcats, such as one for management, without references to each other. So they are found in the process's list of
 * threads, where each connector has an acceptor thread with its name.
 */
final class OtherTomcats {
    private static final Pattern TLS_ACCEPTOR = Pattern.compile("(https-.+)-Acceptor(?:-\\d+)?");

    private static final Set<Server> WITH_LISTENER = ConcurrentHashMap.newKeySet();

    private OtherTomcats() {}

    /** Sets whether {@code server} has a listener, which handles all of its connectors. */
    static void hasListener(Server server, boolean has) {
        if (has) {
            WITH_LISTENER.add(server);
        } else {
            WITH_LISTENER.remove(server);
        }
    }

    /** Names such as {@code https-jsse-nio-8443}, without connectors of servers that have a listener. */
    static List<String> tlsConnectors() {
        List<String> known = WITH_LISTENER.stream()
                .flatMap(Connectors::of)
                .map(OtherTomcats::nameOf)
                .toList();
        Set<String> names = new TreeSet<>();
        for (Thread thread : threads()) {
            Matcher acceptor = TLS_ACCEPTOR.matcher(thread == null ? "" : thread.getName());
            if (acceptor.matches() && known.stream().noneMatch(name -> isThreadOf(name, acceptor.group(1)))) {
                names.add(acceptor.group(1));
            }
        }
        return List.copyOf(names);
    }

    // If a connector uses any free port, its thread was named before the port was known.
    private static boolean isThreadOf(String connector, String thread) {
        return connector.equals(thread) || connector.startsWith(thread + "-");
    }

    private static String nameOf(Connector connector) {
        return connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol
                ? protocol.getName().replace("\"", "")
                : "";
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
