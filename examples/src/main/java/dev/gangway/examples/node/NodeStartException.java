package dev.gangway.examples.node;

import dev.gangway.KeySourceException;
import dev.gangway.internal.engine.InstallationException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A node does not start. The message is one line, from the cause that explains it best. */
public final class NodeStartException extends Exception {
    private static final long serialVersionUID = 1L;

    private NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }

    static NodeStartException because(Throwable failure) {
        return new NodeStartException(reason(failure).lines().findFirst().orElse(""), failure);
    }

    // Containers wrap exceptions, often repeatedly. The causes of Gangway's own exceptions are technical details.
    private static String reason(Throwable failure) {
        List<Throwable> chain = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause.getMessage() != null)
                .toList();
        return deepest(chain, e -> e instanceof KeySourceException || e instanceof InstallationException)
                .or(() -> deepest(chain, e -> e instanceof IllegalArgumentException || e instanceof IOException))
                .or(() -> deepest(chain, e -> true))
                .orElse(failure.toString());
    }

    private static Optional<String> deepest(List<Throwable> chain, Predicate<Throwable> which) {
        return chain.stream().filter(which).reduce((outer, inner) -> inner).map(Throwable::getMessage);
    }
}
