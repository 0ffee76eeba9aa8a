package dev.gangway.internal.engine;

import java.security.KeyManagementException;

/**
 * Shared ticket keys could not be put into an engine, or could not be proven to work there. The message names the cause
 * and the fix.
 */
public final class InstallationException extends KeyManagementException {
    private static final long serialVersionUID = 1L;

    public InstallationException(String message) {
        super(message);
    }

    public InstallationException(String message, Throwable cause) {
        super(message, cause);
    }
}
