package dev.gangway.internal.context;

import java.util.Enumeration;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * A server session context whose cache is off and whose timeout is the ticket lifetime, and which stays so: a container
 * setting that would change either is refused instead of being overruled in silence.
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
