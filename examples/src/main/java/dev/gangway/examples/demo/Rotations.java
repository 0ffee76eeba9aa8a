package dev.gangway.examples.demo;

import dev.gangway.examples.cluster.Cluster;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Rotates the keys of a fleet repeatedly while clients connect. */
final class Rotations {
    private final Cluster cluster;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private int count;

    Rotations(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Waits for the previous rotation, then starts one and returns, so that clients connect during the rotation. */
    void begin() {
        running.join();
        running = CompletableFuture.runAsync(this::rotate);
        count++;
    }

    /** Waits for the last rotation, and returns the number of rotations. */
    int finish() {
        running.join();
        return count;
    }

    private void rotate() {
        try {
            cluster.rotate();
            // At the next rotation, no node may be two keys behind.
            cluster.awaitKeys();
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
