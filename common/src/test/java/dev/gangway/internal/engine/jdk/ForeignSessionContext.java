package dev.gangway.internal.engine.jdk;

import java.util.Collections;
import java.util.Enumeration;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** The session context of a TLS provider that is not SunJSSE. */
final class ForeignSessionContext implements SSLSessionContext {
    @Override
    public SSLSession getSession(byte[] sessionId) {
        return null;
    }

    @Override
    public Enumeration<byte[]> getIds() {
        return Collections.emptyEnumeration();
    }

    @Override
    public void setSessionTimeout(int seconds) {}

    @Override
    public int getSessionTimeout() {
        return 0;
    }

    @Override
    public void setSessionCacheSize(int size) {}

    @Override
    public int getSessionCacheSize() {
        return 0;
    }
}
