/** Sources of ticket keys. A source is polled regularly, and returns keys only if they have changed. */
package dev.gangway.internal.source;
