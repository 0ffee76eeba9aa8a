/** One keyset document in a store that all nodes share: its encryption, its rotation, and the store's properties file. */
package dev.gangway.internal.store;
