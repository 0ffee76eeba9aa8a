/** The ticket-only {@code SSLContext} that containers use, and the settings an operator gives. */
package dev.gangway.internal.context;
