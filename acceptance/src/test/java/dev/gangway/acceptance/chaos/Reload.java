package dev.gangway.acceptance.chaos;

/** What an operator has changed before a reload of TLS. */
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
