package dev.gangway.internal.engine.jdk;

/**
 * Faults in the ticket code of some Java versions, because of which stock servers fail handshakes of ordinary clients.
 */
enum JdkFault {
    /** Lengths of 128 and more are read as negative numbers. */
    LONG_SERVER_NAME(
            "cannot read its own TLS 1.2 tickets of sessions with a server name of 128 bytes or more (JDK-8350830): the"
                    + " connection that offers one would end. Gangway gives clients that ask for such a name no ticket, so they do"
                    + " full handshakes",
            "fixed in 17.0.17, 21.0.9 and 25") {
        @Override
        boolean isIn(Runtime.Version java) {
            return switch (java.feature()) {
                case 17 -> java.update() < 17;
                case 21 -> java.update() < 9;
                default -> java.feature() < 25;
            };
        }
    },
    /** The buffer to authenticate is passed with its position at its end, so it is empty. */
    UNAUTHENTICATED_TICKET_HEAD(
            "does not authenticate the head of its tickets (since JDK-8357033): one with a changed byte 20 could end the TLS 1.2"
                    + " connection that offers it. Gangway checks that byte first, and such a ticket costs a full handshake",
            "fixed in 25.0.5.1 and 27") {
        @Override
        boolean isIn(Runtime.Version java) {
            return switch (java.feature()) {
                case 25 -> java.update() < 5 || (java.update() == 5 && java.patch() < 1);
                case 26 -> true;
                default -> false;
            };
        }
    };

    private final String effect;
    private final String fixed;

    JdkFault(String effect, String fixed) {
        this.effect = effect;
        this.fixed = fixed;
    }

    /** The warning for the log. */
    String warning(Runtime.Version java) {
        return "Java " + java + " " + effect + ". It is " + fixed + ": update Java";
    }

    /** Whether {@code java} is known to have this fault. */
    abstract boolean isIn(Runtime.Version java);
}
