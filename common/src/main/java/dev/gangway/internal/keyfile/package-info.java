/**
 * Key files: the formats Gangway reads and writes, how a file is read safely while somebody else replaces it, and how
 * the next key is added.
 */
package dev.gangway.internal.keyfile;
