package dev.gangway.internal.engine.jdk;

import java.lang.reflect.Field;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * The counter of a SunJSSE session from which ticket nonces are made. To SunJSSE, a session whose counter is not positive
 * is one that "allows no session ticket", so setting it to zero after a handshake ends the issue of tickets.
 */
final class TicketNonceCounter {
    private static final String COUNTER = "ticketNonceCounter";
    // SunJSSE's mark on a session whose values have changed: "a new ticket is due".
    private static final String MARK = "updateNST";

    private final Field counter;
    private final Object zero;

    private TicketNonceCounter(Field counter, Object zero) {
        this.counter = counter;
        this.zero = zero;
    }

    /**
     * @return empty for a SunJSSE that issues no tickets after the handshake
     * @throws NoSuchFieldException if it does, and counts in an unknown way
     */
    static Optional<TicketNonceCounter> in(Class<?> session) throws NoSuchFieldException {
        if (Arrays.stream(session.getDeclaredFields())
                .noneMatch(field -> field.getName().equals(MARK))) {
            return Optional.empty();
        }
        Field counter = session.getDeclaredField(COUNTER);
        Object zero;
        if (counter.getType() == byte.class) {
            zero = (byte) 0;
        } else if (counter.getType() == BigInteger.class) {
            // Up to some update of Java 17.
            zero = BigInteger.ZERO;
        } else {
            throw new NoSuchFieldException(
                    COUNTER + " is a " + counter.getType().getName());
        }
        counter.setAccessible(true);
        return Optional.of(new TicketNonceCounter(counter, zero));
    }

    /** Does nothing to a session that is not SunJSSE's. */
    void zero(Object session) {
        if (counter.getDeclaringClass().isInstance(session)) {
            try {
                counter.set(session, zero);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("the field was made accessible", e);
            }
        }
    }
}
