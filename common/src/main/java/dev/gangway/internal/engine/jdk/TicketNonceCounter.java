package dev.gangway.internal.engine.jdk;

import java.lang.reflect.Field;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * The counter of a SunJSSE session from which ticket nonces are made. SunJSSE issues no ticket for a session whose
 * counter is not positive, so setting it to zero after a handshake prevents further tickets.
 */
final class TicketNonceCounter {
    private static final String COUNTER = "ticketNonceCounter";
    // SunJSSE's flag for a session whose values have changed, so that a new ticket is due.
    private static final String FLAG = "updateNST";

    private final Field counter;
    private final Object zero;

    private TicketNonceCounter(Field counter, Object zero) {
        this.counter = counter;
        this.zero = zero;
    }

    /**
     * @return empty for a SunJSSE that issues no tickets after the handshake
     * @throws NoSuchFieldException if it does, and its counter is of an unknown kind
     */
    static Optional<TicketNonceCounter> in(Class<?> session) throws NoSuchFieldException {
        if (Arrays.stream(session.getDeclaredFields())
                .noneMatch(field -> field.getName().equals(FLAG))) {
            return Optional.empty();
        }
        Field counter = session.getDeclaredField(COUNTER);
        Object zero;
        if (counter.getType() == byte.class) {
            zero = (byte) 0;
        } else if (counter.getType() == BigInteger.class) {
            // In older updates of Java 17.
            zero = BigInteger.ZERO;
        } else {
            throw new NoSuchFieldException(
                    COUNTER + " is a " + counter.getType().getName());
        }
        counter.setAccessible(true);
        return Optional.of(new TicketNonceCounter(counter, zero));
    }

    /** Does nothing if the session is not SunJSSE's. */
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
