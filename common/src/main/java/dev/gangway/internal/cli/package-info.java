/** The command line of the drop-in jars: makes, rotates, shows and checks key files. */
package dev.gangway.internal.cli;
