package dev.gangway.internal.store.http;

import dev.gangway.internal.json.JsonReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** The lines of a watch, each a JSON object. */
final class WatchLines implements Flow.Subscriber<String> {
    private final Function<Object, Watch.Line> meaning;
    private final CompletableFuture<Void> change = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;
    private volatile boolean cancelled;

    WatchLines(Function<Object, Watch.Line> meaning) {
        this.meaning = meaning;
    }

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
            Watch.Line what = meaning.apply(JsonReader.parse(line));
            if (what == Watch.Line.CHANGE) {
                change.complete(null);
            } else if (what == Watch.Line.END) {
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
