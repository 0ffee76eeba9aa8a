/** The key manager: one source, one ring, and every installation of it in this process. */
package dev.gangway.internal.manager;
