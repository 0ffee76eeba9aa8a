package dev.gangway.internal.manager;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * All managers that are not closed: a JVM may have several with the same keys, as two servers do, or two connectors with a
 * configuration each. Held weakly, so that one that is forgotten instead of closed does not stay.
 */
final class ManagersOfThisJvm {
    private static final Set<TicketKeyManager> OPEN =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private ManagersOfThisJvm() {}

    static void add(TicketKeyManager manager) {
        OPEN.add(manager);
    }

    static void remove(TicketKeyManager manager) {
        OPEN.remove(manager);
    }

    static List<TicketKeyManager> all() {
        synchronized (OPEN) {
            return new ArrayList<>(OPEN);
        }
    }
}
