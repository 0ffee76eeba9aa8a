/**
 * Session ticket encryption keys (STEKs): what one is, when it seals and opens, which of them form the ring at an
 * instant, and what an engine's own key is derived from. Nothing here reads a file, a clock or an engine.
 */
package dev.gangway.internal.keys;
