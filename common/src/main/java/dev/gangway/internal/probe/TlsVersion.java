package dev.gangway.internal.probe;

/** The TLS versions that have tickets. */
public enum TlsVersion {
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    /** @param number {@code 1.2} or {@code 1.3} */
    public static TlsVersion parse(String number) {
        for (TlsVersion version : values()) {
            if (version.number.equals(number)) {
                return version;
            }
        }
        throw new IllegalArgumentException("TLS version '" + number + "' is unknown; there are 1.2, 1.3 and both");
    }

    /** As JSSE calls it: {@code TLSv1.2}, {@code TLSv1.3}. */
    public String protocol() {
        return "TLSv" + number;
    }

    /** {@code 1.2} or {@code 1.3}. */
    @Override
    public String toString() {
        return number;
    }
}
