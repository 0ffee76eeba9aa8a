/** The command line of the drop-in jars: makes, rotates, shows and checks key files, and probes nodes. */
package dev.gangway.internal.cli;
