package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nodes of one kind, each a process of its own. */
final class Fleet implements AutoCloseable {
    private final Server server;
    private final List<ServerProcess> nodes = new ArrayList<>();
    private final Map<Listener, List<Integer>> ports = new HashMap<>();

    private Fleet(Server server) {
        this.server = server;
    }

    /**
     * Starts all nodes at the same time, and waits until they serve.
     *
     * @throws IOException the reason why one does not start
     */
    static Fleet start(Server server, int size, List<Listener> listeners, FleetFiles files, Programs programs)
            throws IOException, InterruptedException {
        Fleet fleet = new Fleet(server);
        try {
            List<List<Integer>> expected = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                expected.add(fleet.startNode(listeners, files, programs));
            }
            for (int i = 0; i < size; i++) {
                fleet.await(fleet.nodes.get(i), listeners, expected.get(i));
            }
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** The ports of the new node, if they are chosen here. */
    private List<Integer> startNode(List<Listener> listeners, FleetFiles files, Programs programs) throws IOException {
        String name = server.name().replace(' ', '-') + "-" + server.java() + "-" + nodes.size();
        List<Integer> chosen = new ArrayList<>();
        List<String> command;
        if (server.isJava()) {
            command = programs.node(server, files, listeners);
        } else {
            for (int i = 0; i < listeners.size(); i++) {
                chosen.add(ServerProcess.freePort());
            }
            command = new NativeServer(server, name, files, programs).command(listeners, chosen);
        }
        nodes.add(ServerProcess.start(name, command, files.directory().resolve(name + ".log")));
        return chosen;
    }

    private void await(ServerProcess node, List<Listener> listeners, List<Integer> chosen)
            throws IOException, InterruptedException {
        List<Integer> serving = chosen;
        if (server.isJava()) {
            String line = node.awaitLine();
            // The JVM's own messages may come first.
            while (!line.startsWith(FleetNode.READY)) {
                line = node.awaitLine();
            }
            serving = List.of(line.substring(FleetNode.READY.length()).split(" ", -1)).stream()
                    .map(Integer::valueOf)
                    .toList();
        } else {
            for (int port : chosen) {
                node.awaitPort(port);
            }
        }
        for (int i = 0; i < listeners.size(); i++) {
            ports.computeIfAbsent(listeners.get(i), any -> new ArrayList<>()).add(serving.get(i));
        }
    }

    Server server() {
        return server;
    }

    List<Integer> ports(Listener listener) {
        return ports.get(listener);
    }

    /** Of all nodes. */
    long cpuMicros() {
        return nodes.stream().mapToLong(ServerProcess::cpuMicros).sum();
    }

    /** Of the compilers of all nodes that are JVMs. */
    long compilerMicros() {
        return nodes.stream().mapToLong(ServerProcess::compilerMicros).sum();
    }

    long residentKilobytes() {
        return nodes.stream().mapToLong(ServerProcess::residentKilobytes).sum();
    }

    /** The bytes that the heaps hold after a collection; of Java servers only. */
    long heapBytes() throws IOException, InterruptedException {
        long sum = 0;
        for (ServerProcess node : nodes) {
            sum += Long.parseLong(node.ask(FleetNode.HEAP));
        }
        return sum;
    }

    /**
     * Starts to record what the first node does; a Java server only.
     *
     * @throws IOException the reason why it cannot
     */
    void record() throws IOException, InterruptedException {
        order(FleetNode.RECORD);
    }

    /** Ends {@link #record}. */
    void dump(Path recording) throws IOException, InterruptedException {
        order(FleetNode.DUMP + " " + recording);
    }

    private void order(String order) throws IOException, InterruptedException {
        String answer = nodes.get(0).ask(order);
        if (!answer.equals(FleetNode.DONE)) {
            throw new IOException(server.name() + " cannot be profiled: " + answer);
        }
    }

    @Override
    public void close() {
        nodes.forEach(ServerProcess::close);
    }
}
