package dev.gangway.examples;

import dev.gangway.examples.cluster.ClusterCommand;
import dev.gangway.examples.demo.DemoCommand;
import dev.gangway.examples.node.NodeCommand;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the examples. */
@Command(
        name = "gangway-examples",
        description = "Examples of ticket-only TLS session resumption for fleets of Jetty and Tomcat.",
        subcommands = {NodeCommand.class, ClusterCommand.class, DemoCommand.class},
        mixinStandardHelpOptions = true)
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        logToStandardError();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, DurationText::parse)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
                    command.getErr().println("gangway-examples: " + reason);
                    return FAILED;
                });
    }

    private static void logToStandardError() {
        try (InputStream settings = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new IllegalStateException("logging.properties is missing from this jar", e);
        }
    }
}
