package dev.gangway.tomcat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Detects when a new context is in use. Tomcat stores a context in the certificate's configuration shortly after it was
 * created, without any notification.
 */
final class ContextChanges implements AutoCloseable {
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final Runnable action;
    private final AtomicInteger awaited = new AtomicInteger();
    private final ExecutorService worker;

    /** @param action run after a change; after several successive changes it runs once, after the last */
    ContextChanges(Runnable action) {
        this.action = action;
        ThreadPoolExecutor single =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "gangway-self-test");
                    thread.setDaemon(true);
                    return thread;
                });
        // The thread is needed only after rare changes, so it ends in between.
        single.allowCoreThreadTimeOut(true);
        this.worker = single;
    }

    /** Must be called while {@code certificate} still has the previous context. */
    void await(SSLHostConfigCertificate certificate) {
        SSLContext before = certificate.getSslContext();
        awaited.incrementAndGet();
        try {
            worker.execute(() -> {
                boolean changed = waitFor(certificate, before);
                if (awaited.decrementAndGet() == 0 || changed) {
                    runIfLast();
                }
            });
        } catch (RejectedExecutionException e) {
            // Closed: the server is stopping.
            awaited.decrementAndGet();
        }
    }

    private void runIfLast() {
        if (awaited.get() == 0) {
            action.run();
        }
    }

    private static boolean waitFor(SSLHostConfigCertificate certificate, SSLContext before) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (certificate.getSslContext() == before) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
