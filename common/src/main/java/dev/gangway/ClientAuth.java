package dev.gangway;

/** Whether and how a server asks clients for a certificate. */
public enum ClientAuth {
    /** The server does not ask, so its trust anchors do not matter. */
    NONE,
    /** The server asks; a client may send none. */
    OPTIONAL,
    /** The server asks; a client may send none, or one that does not chain to a trust anchor. */
    OPTIONAL_UNVERIFIED,
    /** The server asks, and a client must send one. */
    REQUIRED
}
