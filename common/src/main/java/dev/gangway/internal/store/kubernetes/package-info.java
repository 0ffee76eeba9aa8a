/** A keyset document in a Secret of Kubernetes. */
package dev.gangway.internal.store.kubernetes;
