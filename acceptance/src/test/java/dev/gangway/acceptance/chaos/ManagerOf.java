package dev.gangway.acceptance.chaos;

import dev.gangway.internal.manager.TicketKeyManager;
import java.lang.reflect.Method;
import java.util.Optional;

/** Gets the ticket key manager of a container extension, which is package-private. */
final class ManagerOf {
    private ManagerOf() {}

    static TicketKeyManager extension(Object factoryOrListener) {
        try {
            Method method = method(factoryOrListener.getClass());
            method.setAccessible(true);
            return (TicketKeyManager) ((Optional<?>) method.invoke(factoryOrListener)).orElseThrow();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    // Also for a subclass.
    private static Method method(Class<?> type) throws NoSuchMethodException {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            try {
                return each.getDeclaredMethod("ticketKeyManager");
            } catch (NoSuchMethodException e) {
                // Continue with the superclass.
            }
        }
        throw new NoSuchMethodException(type + " has no ticketKeyManager()");
    }
}
