package dev.gangway.benchmarks.fleet;

import java.util.List;

/**
 * The memory of one server after a number of new sessions.
 *
 * @param heapBytes after a collection, which happens only at the beginning and the end; 0 between
 */
record MemoryStep(Server server, long sessions, long residentKilobytes, long heapBytes) {
    String line() {
        return server.name() + "," + server.java() + "," + sessions + "," + residentKilobytes + "," + heapBytes;
    }

    static MemoryStep parse(List<String> v) {
        return new MemoryStep(
                Server.named(v.get(0), Integer.parseInt(v.get(1))),
                Long.parseLong(v.get(2)),
                Long.parseLong(v.get(3)),
                Long.parseLong(v.get(4)));
    }
}
