package dev.gangway.benchmarks.server;

/** What all measured servers have in common. */
public final class Answer {
    /** What they answer to every request. */
    public static final String BODY = "{\"what\":\"" + "0123456789".repeat(20) + "\"}";

    /** How many connections may wait to be accepted: many clients may connect at the same instant. */
    public static final int BACKLOG = 1024;

    /** How often Gangway reads its keys: shorter than by default, so that keys can be changed often. */
    static final String POLL_INTERVAL = "2s";

    private Answer() {}
}
