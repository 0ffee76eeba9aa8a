package dev.gangway.internal.store.http;

/** Text from a server, for a message. */
public final class ServerText {
    private static final int LONGEST = 300;

    private ServerText() {}

    /** {@code text} without control characters, and not too long: a server must not be able to forge lines of the log. */
    public static String oneLine(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return start.replaceAll("\\p{Cntrl}", " ");
    }
}
