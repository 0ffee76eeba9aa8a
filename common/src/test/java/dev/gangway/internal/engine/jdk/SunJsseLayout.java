package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.keys.TicketPolicy;

/** The ticket format from which engine {@code jdk} on this Java version derives its keys, for tests that derive them too. */
public final class SunJsseLayout {
    private SunJsseLayout() {}

    public static String of(TicketPolicy policy) {
        return JdkTicketEngine.layout(policy);
    }
}
