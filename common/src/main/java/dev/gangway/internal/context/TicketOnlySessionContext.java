package dev.gangway.internal.context;

import java.util.Enumeration;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * A server session context with its cache off and its timeout fixed to the ticket lifetime. A container setting that
 * would change either is refused, not silently ignored.
 */
record TicketOnlySessionContext(SSLSessionContext delegate) implements SSLSessionContext {
    @Override
    public SSLSession getSession(byte[] sessionId) {
        return delegate.getSession(sessionId);
    }

    @Override
    public Enumeration<byte[]> getIds() {
        return delegate.getIds();
    }

    @Override
    public void setSessionTimeout(int seconds) {
        if (seconds != getSessionTimeout()) {
            throw new IllegalArgumentException("session timeout " + seconds
                    + " s: with ticket-only resumption it is the ticket lifetime, " + getSessionTimeout()
                    + " s; set ticketLifetime and remove the session timeout");
        }
    }

    @Override
    public int getSessionTimeout() {
        return delegate.getSessionTimeout();
    }

    @Override
    public void setSessionCacheSize(int size) {
        if (size != getSessionCacheSize()) {
            throw new IllegalArgumentException("session cache size " + size
                    + ": with ticket-only resumption the server keeps no sessions; remove the session cache size");
        }
    }

    @Override
    public int getSessionCacheSize() {
        return delegate.getSessionCacheSize();
    }
}
