package dev.gangway.internal.store.etcd;

import dev.gangway.internal.json.JsonReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** The lines of a watch, each a JSON object: the first confirms the watch, and any other tells of a change. */
final class WatchLines implements Flow.Subscriber<String> {
    private final CompletableFuture<Void> change = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;
    private volatile boolean cancelled;

    /** Completes when the document may have changed, exceptionally if the watch has ended. */
    CompletableFuture<Void> change() {
        return change;
    }

    void cancel() {
        cancelled = true;
        Flow.Subscription present = subscription;
        if (present != null) {
            present.cancel();
        }
    }

    void ended(Throwable failure) {
        change.completeExceptionally(failure == null ? new IOException("the watch has ended") : failure);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(String line) {
        try {
            Object json = JsonReader.parse(line);
            boolean isChange = JsonReader.find(json, "result", "events").isPresent()
                    // The revision is too old to begin with; the next read has a newer one.
                    || JsonReader.text(json, "result", "compact_revision").isPresent();
            if (isChange) {
                change.complete(null);
            } else if (JsonReader.find(json, "error").isPresent()
                    || JsonReader.text(json, "result", "canceled")
                            .filter("true"::equals)
                            .isPresent()) {
                ended(new IOException(line));
            }
        } catch (IllegalArgumentException e) {
            ended(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        ended(failure);
    }

    @Override
    public void onComplete() {
        ended(null);
    }
}
