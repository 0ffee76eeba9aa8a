/** A keyset document in one row of a database table. */
package dev.gangway.internal.store.jdbc;
