package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.keys.TicketPolicy;

/** What separates the derived keys of engine {@code jdk} on this Java from those of others, for tests that derive them, too. */
public final class SunJsseLayout {
    private SunJsseLayout() {}

    public static String of(TicketPolicy policy) {
        return JdkTicketEngine.layout(policy);
    }
}
