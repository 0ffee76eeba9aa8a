/**
 * Key files: the formats that Gangway reads and writes, safe reading while another process replaces a file, and adding
 * the next key.
 */
package dev.gangway.internal.keyfile;
