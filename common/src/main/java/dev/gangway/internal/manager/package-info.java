/** The key manager: one source, one ring, and every installation of that ring in this process. */
package dev.gangway.internal.manager;
