/** Where ticket keys come from. A source is asked again and again; it answers only when its keys have changed. */
package dev.gangway.internal.source;
