/** Files that live no longer than what uses them. */
package dev.gangway.examples.files;
