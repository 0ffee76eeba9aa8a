package dev.gangway.benchmarks.fleet;

import java.util.List;

/**
 * How many samples of a server's threads were in one place.
 *
 * @param protocol of the connections
 * @param owner whose code it was
 * @param place the class and method, or function, of that code
 */
record ProfileSample(Server server, String protocol, Owner owner, String place, int samples) {
    /** Whose code runs. What the JDK's general classes do counts for the code that called them. */
    enum Owner {
        GANGWAY("Gangway"),
        TLS_ENGINE("TLS engine"),
        CONTAINER("container"),
        SYSTEM_CALL("calls for input and output"),
        COMPILER("JIT compiler"),
        JVM("rest of the JVM"),
        OTHER("other");

        private final String label;

        Owner(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    String line() {
        return String.join(
                ",",
                server.name(),
                String.valueOf(server.java()),
                protocol,
                owner.name(),
                place,
                String.valueOf(samples));
    }

    static ProfileSample parse(List<String> v) {
        return new ProfileSample(
                Server.named(v.get(0), Integer.parseInt(v.get(1))),
                v.get(2),
                Owner.valueOf(v.get(3)),
                v.get(4),
                Integer.parseInt(v.get(5)));
    }
}
