package dev.gangway.acceptance.versions;

import dev.gangway.acceptance.versions.VersionNodes.Node;
import dev.gangway.acceptance.versions.VersionNodes.Starting;
import dev.gangway.examples.node.ContainerKind;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three nodes in Jetty and Tomcat, which are replaced one after the other while clients connect to any of them. */
final class UpgradedFleet implements AutoCloseable {
    private static final List<ContainerKind> CONTAINERS =
            List.of(ContainerKind.JETTY, ContainerKind.TOMCAT, ContainerKind.JETTY);

    private final VersionNodes processes;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final List<Member> retired = new ArrayList<>();

    UpgradedFleet(Path folder, JavaInstallation java) throws Exception {
        processes = new VersionNodes(folder);
        try {
            List<Starting> starting = new ArrayList<>();
            for (ContainerKind container : CONTAINERS) {
                starting.add(start(container, java));
            }
            for (int i = 0; i < starting.size(); i++) {
                members.add(new Member(
                        CONTAINERS.get(i), starting.get(i), starting.get(i).serving()));
            }
        } catch (Throwable e) {
            processes.close();
            throw e;
        }
    }

    private Starting start(ContainerKind container, JavaInstallation java) throws IOException {
        return processes.start(ContainerNode.class, java, List.of(), container.name());
    }

    /** Replaces every node, as an operator does: takes it out of the balancer, waits for its connections, restarts it. */
    void upgrade(JavaInstallation java, Pause between) throws Exception {
        for (Member member : List.copyOf(members)) {
            retire(member);
            Starting starting = start(member.container, java);
            members.add(new Member(member.container, starting, starting.serving()));
            between.await();
        }
    }

    /** Waits, while clients connect. */
    interface Pause {
        void await() throws Exception;
    }

    private void retire(Member member) throws Exception {
        members.remove(member);
        member.use.writeLock().lock();
        try {
            member.end();
        } finally {
            member.use.writeLock().unlock();
        }
        retired.add(member);
    }

    /** Stops all nodes, and returns these and all that were replaced. */
    List<Member> finish() throws Exception {
        for (Member member : List.copyOf(members)) {
            retire(member);
        }
        return retired;
    }

    /** A node that stays until {@link Member#release} by the same thread. */
    Member acquire(Random random) {
        while (true) {
            List<Member> present = List.copyOf(members);
            Member chosen = present.get(random.nextInt(present.size()));
            if (chosen.use.readLock().tryLock()) {
                return chosen;
            }
        }
    }

    @Override
    public void close() {
        processes.close();
    }

    /** One process, and what it has counted. */
    static final class Member {
        private final ContainerKind container;
        private final Starting starting;
        private final Node node;
        private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
        private Map<String, Long> counted = Map.of();

        Member(ContainerKind container, Starting starting, Node node) {
            this.container = container;
            this.starting = starting;
            this.node = node;
        }

        Node node() {
            return node;
        }

        /** The outcomes that occurred, by their name in JMX. */
        Map<String, Long> counted() {
            return counted;
        }

        void release() {
            use.readLock().unlock();
        }

        private void end() throws IOException, InterruptedException {
            BufferedReader output = starting.process().process().inputReader(StandardCharsets.UTF_8);
            starting.process().process().getOutputStream().close();
            String line = output.lines()
                    .filter(said -> said.startsWith(ContainerNode.COUNTED))
                    .findFirst()
                    .orElse(null);
            if (line == null || !starting.process().awaitEnd()) {
                throw new AssertionError("a node does not end: " + starting.said());
            }
            counted = Stream.of(line.substring(ContainerNode.COUNTED.length()).split(" ", -1))
                    .filter(outcome -> !outcome.isEmpty())
                    .map(outcome -> outcome.split("=", 2))
                    .collect(Collectors.toMap(
                            outcome -> outcome[0], outcome -> Long.valueOf(outcome[1]), Long::sum, TreeMap::new));
        }

        @Override
        public String toString() {
            return container + " on Java " + node.version() + " (" + node.format() + ")";
        }
    }
}
