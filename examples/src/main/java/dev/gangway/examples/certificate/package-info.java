/** A server certificate for those who have none at hand. */
package dev.gangway.examples.certificate;
