package dev.gangway.acceptance.chaos;

import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.HttpsConnection;
import dev.gangway.testing.ResponseBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Connects repeatedly, each time with its newest ticket, and checks every byte that it receives. */
final class LoadClient implements Runnable {
    private static final int MOST_BYTES = 40_000;
    private static final int MOST_FAILURES = 10;
    private static final int SESSION_ID = 32;
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final String name;
    private final int port;
    private final HttpsClient client;
    private final String subject;
    private final Supplier<String> happening;
    private final Random random = new Random();

    private boolean stopped;
    private long begun;
    private long full;
    private long resumed;
    private boolean lastResumed;
    private long failed;
    private final List<String> failures = new ArrayList<>();

    /** @param happening the current fault, for messages about failures */
    LoadClient(String protocol, Optional<Certificates.Held> certificate, int port, Supplier<String> happening) {
        this.name = protocol + (certificate.isPresent() ? " with a certificate" : "");
        this.port = port;
        this.client = certificate
                .map(held -> HttpsClient.of(protocol, Certificates.keyManagers(held)))
                .orElseGet(() -> HttpsClient.of(protocol));
        this.subject = certificate
                .map(held -> held.certificate().getSubjectX500Principal().getName())
                .orElse("");
        this.happening = happening;
    }

    @Override
    public void run() {
        while (begin()) {
            String before = happening.get();
            try {
                success(random.nextBoolean() ? readPage() : readBytes());
            } catch (IOException | RuntimeException | Error e) {
                failure(before, e);
            }
        }
    }

    private boolean readPage() throws IOException {
        HttpsClient.Exchange exchange = client.get(port);
        if (exchange.status() != 200 || !exchange.response().endsWith("\r\n\r\n" + ChaosServer.PAGE)) {
            throw new IOException("not the page: " + exchange.response());
        }
        if (!exchange.clientCertificate().equals(subject)) {
            throw new IOException("the application sees a client '" + exchange.clientCertificate() + "' instead of '"
                    + subject + "'");
        }
        return isResumed(exchange.handshake());
    }

    private boolean readBytes() throws IOException {
        String query = "bytes=" + random.nextInt(MOST_BYTES);
        try (HttpsConnection connection = client.connect(port)) {
            byte[] body = connection.get("/?" + query);
            if (!Arrays.equals(body, ResponseBytes.askedBy(query).orElseThrow())) {
                throw new IOException(body.length + " bytes which are not those of " + query);
            }
            return isResumed(connection.handshake());
        }
    }

    // The JDK's client uses an empty TLS 1.3 ticket as if it were a session id; other clients close the connection.
    private static boolean isResumed(Handshake handshake) throws IOException {
        int length = handshake.offeredTicket().map(ticket -> ticket.length).orElse(Integer.MAX_VALUE);
        if (length <= SESSION_ID) {
            throw new IOException("the connection before brought a ticket of no bytes, or none of a whole session");
        }
        return handshake.resumed().orElseThrow();
    }

    private synchronized boolean begin() {
        begun++;
        return !stopped;
    }

    private synchronized void success(boolean wasResumed) {
        if (wasResumed) {
            resumed++;
        } else {
            full++;
        }
        lastResumed = wasResumed;
        notifyAll();
    }

    private synchronized void failure(String before, Throwable e) {
        failed++;
        if (failures.size() < MOST_FAILURES) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            failures.add(name + ", begun during '" + before + "', failed during '" + happening.get() + "': " + trace);
        }
        notifyAll();
    }

    /**
     * Waits for the end of {@code count} connections that begin after this call.
     *
     * @return whether the last one was resumed
     */
    synchronized boolean await(int count) throws InterruptedException, TimeoutException {
        long last = begun + count;
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (full + resumed + failed < last) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                throw new TimeoutException(name + " gets nowhere: " + summary());
            }
            wait(millis);
        }
        return lastResumed;
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized long failed() {
        return failed;
    }

    synchronized long resumed() {
        return resumed;
    }

    synchronized String summary() {
        return name + ": " + full + " full, " + resumed + " resumed, " + failed + " failed";
    }
}
