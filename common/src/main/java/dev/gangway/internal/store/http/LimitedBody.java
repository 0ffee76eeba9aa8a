package dev.gangway.internal.store.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Ends a body that becomes too long. */
final class LimitedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> body;
    private Subscription subscription;
    private long length;
    private boolean isOver;

    LimitedBody(BodySubscriber<T> body) {
        this.body = body;
    }

    @Override
    public CompletionStage<T> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscribed) {
        subscription = subscribed;
        body.onSubscribe(subscribed);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        length += bytes.stream().mapToLong(ByteBuffer::remaining).sum();
        if (isOver) {
            return;
        }
        if (length > BoundedCall.MAX_LENGTH) {
            isOver = true;
            subscription.cancel();
            body.onError(new IOException("the answer is longer than " + BoundedCall.MAX_LENGTH + " bytes"));
            return;
        }
        body.onNext(bytes);
    }

    @Override
    public void onError(Throwable failure) {
        if (!isOver) {
            body.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (!isOver) {
            body.onComplete();
        }
    }
}
