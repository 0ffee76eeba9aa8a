/**
 * Session ticket encryption keys (STEKs): their properties, when they seal and open, which of them form the ring at an
 * instant, and how an engine's own keys are derived. Nothing here reads a file or a clock, or depends on an engine.
 */
package dev.gangway.internal.keys;
