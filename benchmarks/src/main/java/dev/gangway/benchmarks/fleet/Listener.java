package dev.gangway.benchmarks.fleet;

/**
 * One port of a server. All ports of a node are in one process, which so compiles its code once for all of them.
 *
 * @param clientCertificates whether a client must have a certificate
 */
record Listener(ServerCertificate certificate, boolean clientCertificates) {
    private static final String CLIENTS = "+clients";

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return certificate.name() + (clientCertificates ? CLIENTS : "");
    }

    static Listener parse(String text) {
        boolean clients = text.endsWith(CLIENTS);
        String name = clients ? text.substring(0, text.length() - CLIENTS.length()) : text;
        return new Listener(ServerCertificate.valueOf(name), clients);
    }
}
