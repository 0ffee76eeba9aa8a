package dev.gangway.acceptance.chaos;

/** The change that an operator makes before a TLS reload. */
enum Reload {
    NOTHING,
    RENEWED_CERTIFICATE,
    WRONG_PASSWORD,
    UNKNOWN_PROTOCOL,
    MISSING_KEY_STORE;

    boolean isGood() {
        return this == NOTHING || this == RENEWED_CERTIFICATE;
    }
}
