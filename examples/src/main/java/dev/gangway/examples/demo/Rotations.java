package dev.gangway.examples.demo;

import dev.gangway.examples.cluster.Cluster;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Rotates the keys of a fleet while a probe runs, one rotation after the other. */
final class Rotations {
    private final Cluster cluster;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private int count;

    Rotations(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Waits for the rotation before, begins one, and returns at once, so that clients connect while it goes on. */
    void begin() {
        running.join();
        running = CompletableFuture.runAsync(this::rotate);
        count++;
    }

    /** Waits for the last rotation, and returns how many there were. */
    int finish() {
        running.join();
        return count;
    }

    private void rotate() {
        try {
            cluster.rotate();
            // The next rotation must find no node that is two keys behind.
            cluster.awaitKeys();
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
