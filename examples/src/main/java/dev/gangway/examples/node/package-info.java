/** One web server node that says of every connection whether it was resumed. */
package dev.gangway.examples.node;
