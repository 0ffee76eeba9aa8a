/** The ticket-only {@code SSLContext} that containers use, and the operator's settings. */
package dev.gangway.internal.context;
