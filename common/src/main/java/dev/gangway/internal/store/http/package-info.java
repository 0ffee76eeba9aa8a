/** What the stores with an HTTP interface have in common. */
package dev.gangway.internal.store.http;
