/** Temporary files. */
package dev.gangway.examples.files;
