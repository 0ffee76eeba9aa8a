package dev.gangway.internal.engine.jdk;

import java.util.List;

/** What the ticket code of some Java versions does wrong, so that stock servers fail handshakes which clients may well try. */
enum JdkFault {
    /** Lengths of 128 and more are read as negative numbers. */
    LONG_SERVER_NAME(
            "cannot read its own TLS 1.2 tickets of sessions with a server name of 128 bytes or more (JDK-8350830): the"
                    + " connection that offers one would end. Gangway gives clients that ask for such a name no ticket, so they do"
                    + " full handshakes",
            "mended in 17.0.17, 21.0.9 and 25") {
        @Override
        boolean isIn(int feature, int update) {
            return switch (feature) {
                case 17 -> update < 17;
                case 21 -> update < 9;
                default -> feature < 25;
            };
        }
    },
    /** The buffer that is to be authenticated is handed over at its end, and so is empty. */
    OPEN_TICKET_HEAD(
            "does not authenticate the head of its tickets (since JDK-8357033): one with a changed byte 20 could end the TLS 1.2"
                    + " connection that offers it. Gangway checks that byte first, and such a ticket costs a full handshake",
            "mended in 25.0.5.1 at the latest") {
        @Override
        boolean isIn(int feature, int update) {
            return feature == 25 && update < 5;
        }
    };

    private final String effect;
    private final String mended;

    JdkFault(String effect, String mended) {
        this.effect = effect;
        this.mended = mended;
    }

    /** For the log. */
    String warning(Runtime.Version java) {
        return "Java " + java + " " + effect + ". It is " + mended + ": update Java";
    }

    /** Whether {@code java} has it, as far as is known. */
    boolean isIn(Runtime.Version java) {
        List<Integer> parts = java.version();
        return isIn(java.feature(), parts.size() > 2 ? parts.get(2) : 0);
    }

    abstract boolean isIn(int feature, int update);
}
