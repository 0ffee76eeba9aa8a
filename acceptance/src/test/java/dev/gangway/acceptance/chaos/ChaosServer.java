package dev.gangway.acceptance.chaos;

import dev.gangway.acceptance.chaos.FaultySource.Fault;
import dev.gangway.internal.manager.TicketKeyManager;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A server in a separate process, controlled by lines of its standard input: a number, a command, its arguments. After each
 * command it prints a line with the number and the result. It ends when its input ends.
 */
public final class ChaosServer {
    /** The response to a request without a number of bytes. */
    static final String PAGE = "This page is the same whatever happens to the server.";

    private static final int POLL_INTERVALS = 2;

    private final Served served;
    private final FaultySource source;
    private final Rounds rounds;
    private final PrintStream out;

    private ChaosServer(Served served, PrintStream out) throws Exception {
        this.served = served;
        this.source = FaultySource.into(served.manager());
        this.rounds = Rounds.of(served.manager(), source);
        this.out = out;
    }

    /** @param args as {@link ServerSettings#toArguments} */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        PausingRandom.install();
        ServerSettings settings = ServerSettings.of(args);
        Served served =
                settings.container().equals("jetty") ? ServedJetty.start(settings) : ServedTomcat.start(settings);
        ChaosServer server = new ChaosServer(served, answers);
        server.answer("READY", String.valueOf(served.port()));
        server.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        Runtime.getRuntime().halt(0);
    }

    private void obey(BufferedReader commands) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            threads.execute(() -> answer(words[0], done(words)));
        }
    }

    private String done(String[] words) {
        try {
            return switch (words[1]) {
                case "settle" -> {
                    rounds.await(POLL_INTERVALS);
                    TicketKeyManager manager = served.manager();
                    yield Seen.of(manager.status(), manager.clock().instant()).toLine();
                }
                case "reload" -> {
                    synchronized (served) {
                        served.reload(Reload.valueOf(words[2]));
                    }
                    yield "OK";
                }
                case "fail" -> {
                    int times = words[4].equals("always") ? FaultySource.ALWAYS : Integer.parseInt(words[4]);
                    source.fail(Fault.valueOf(words[2]), Boolean.parseBoolean(words[3]), times);
                    if (times != FaultySource.ALWAYS) {
                        source.awaitEndOfFaults();
                    }
                    yield "OK";
                }
                case "work" -> {
                    source.work();
                    yield "OK";
                }
                case "read" -> read();
                case "stop" -> {
                    served.stop();
                    yield "OK";
                }
                default -> "UNKNOWN";
            };
        } catch (Exception | Error e) {
            e.printStackTrace();
            return "FAILED: " + e.toString().replaceAll("\\s", " ");
        }
    }

    /** Reads the keys at once, as an operator can request it. */
    private static String read() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = beans.queryNames(new ObjectName("dev.gangway:type=TicketKeys,*"), null);
        return String.valueOf(beans.invoke(names.iterator().next(), "reload", null, null))
                .replaceAll("\\s", " ");
    }

    private synchronized void answer(String number, String text) {
        out.println(number + " " + text);
        out.flush();
    }
}
