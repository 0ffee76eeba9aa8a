/** A self-signed server certificate. */
package dev.gangway.examples.certificate;
