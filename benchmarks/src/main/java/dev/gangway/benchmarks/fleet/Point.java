package dev.gangway.benchmarks.fleet;

/**
 * One combination that is measured.
 *
 * @param atOnce how many clients connect at the same time, each again as soon as it has its answer
 */
record Point(Server server, Listener listener, String protocol, Visit visit, int atOnce) {
    Point with(Visit other) {
        return new Point(server, listener, protocol, other, atOnce);
    }

    @Override
    public String toString() {
        return server.name() + (server.isJava() ? ", Java " + server.java() : "") + ", "
                + listener.certificate().label() + (listener.clientCertificates() ? " and client certificate" : "")
                + ", " + protocol + ", " + visit.label() + ", " + atOnce + " at once";
    }
}
