package dev.gangway.springboot;

import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Prints why the application does not start, and the way out, instead of a stack trace. */
final class GangwayFailureAnalyzer implements FailureAnalyzer {
    private static final String FLAG = "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED";

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        Optional<Throwable> ours = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(GangwayFailureAnalyzer::isThrownByGangway)
                .reduce((outer, inner) -> inner);
        return ours.map(cause -> new FailureAnalysis(String.valueOf(cause.getMessage()), actionFor(cause), failure))
                .orElse(null);
    }

    private static boolean isThrownByGangway(Throwable cause) {
        StackTraceElement[] stack = cause.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().startsWith("dev.gangway.") && cause.getMessage() != null;
    }

    private static String actionFor(Throwable cause) {
        return cause.getMessage().contains(FLAG)
                ? "Put 'Add-Opens: java.base/sun.security.ssl' into the manifest of the executable jar. If the application"
                        + " is not started with java -jar, as in an image made by buildpacks or in an IDE, give the JVM "
                        + FLAG + ", in the environment variable JAVA_TOOL_OPTIONS or on the command line."
                : "Correct what the description names, or remove gangway.keys to run without shared ticket keys.";
    }
}
