/** A keyset document under one key of etcd v3, over its JSON gateway. */
package dev.gangway.internal.store.etcd;
