package dev.gangway.internal.selftest;

import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.manager.Serving;
import dev.gangway.internal.selftest.TestResult.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Derives the state of a server's ticket keys from its connectors. */
public final class ServingState {
    private ServingState() {}

    /**
     * @param view the connectors
     * @param contexts how many TLS contexts have the keys
     */
    public static Serving of(ConnectorView view, int contexts) {
        if (contexts == 0) {
            return Serving.lacking(State.NOT_SHARING, "no TLS context has these keys: " + view.whenNoneIsKnown());
        }
        List<ServedConnector> served = view.served();
        String broken = Stream.concat(
                        having(Kind.FAILED, served)
                                .map(each -> "connector " + each.name() + " does not resume sessions: "
                                        + each.testResult().detail()),
                        view.notServed().stream())
                .collect(Collectors.joining("; also: "));
        if (!broken.isEmpty()) {
            return Serving.lacking(State.CONNECTOR_NOT_SHARING, broken);
        }
        if (served.isEmpty()) {
            return Serving.lacking(State.NOT_TESTED, "no connector is known: " + view.whenNoneIsKnown());
        }
        String untested = having(Kind.NOT_YET, served)
                .map(each ->
                        "connector " + each.name() + ": " + each.testResult().detail())
                .collect(Collectors.joining("; also: "));
        return untested.isEmpty() ? Serving.ALL : Serving.lacking(State.NOT_TESTED, untested);
    }

    private static Stream<ServedConnector> having(Kind kind, List<ServedConnector> served) {
        return served.stream().filter(each -> each.testResult().kind() == kind);
    }
}
