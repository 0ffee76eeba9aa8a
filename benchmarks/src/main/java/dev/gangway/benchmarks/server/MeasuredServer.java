package dev.gangway.benchmarks.server;

/** An embedded server on a port of the loopback interface that answers every request with the same few bytes. */
interface MeasuredServer extends AutoCloseable {
    String ANSWER = "{\"what\":\"" + "0123456789".repeat(20) + "\"}";

    int port();

    @Override
    void close();
}
