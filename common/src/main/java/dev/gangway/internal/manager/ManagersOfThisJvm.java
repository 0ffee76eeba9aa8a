package dev.gangway.internal.manager;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * All managers that are not closed. A JVM may have several with the same keys, for instance of two servers, or of two
 * connectors with separate configurations. Held weakly, so that a manager that was never closed can be collected.
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
