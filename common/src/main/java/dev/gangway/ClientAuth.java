package dev.gangway;

/** Whether and how a server asks clients for a certificate. */
public enum ClientAuth {
    /** Never asked: trust anchors do not matter. */
    NONE,
    /** Asked, and may be withheld. */
    OPTIONAL,
    /** Asked, may be withheld, and need not chain to a trust anchor. */
    OPTIONAL_UNVERIFIED,
    /** Asked, and must be given. */
    REQUIRED
}
