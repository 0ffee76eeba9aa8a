/** A web server whose responses contain whether the connection was resumed. */
package dev.gangway.examples.node;
