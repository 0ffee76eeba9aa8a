package dev.gangway.benchmarks.fleet;

import java.util.List;
import java.util.stream.Stream;

/** What an operator may set differently on a server; each has a flag of the server's JVM. */
enum Setting {
    /** As the benchmark sets it. */
    DEFAULT("", ""),
    SERIAL_GC("serial GC", "-XX:+UseSerialGC"),
    PARALLEL_GC("parallel GC", "-XX:+UseParallelGC"),
    /** The clients' first key share is X25519, so the server asks for another. */
    NO_X25519("P-256 only", "-Djdk.tls.namedGroups=secp256r1"),
    DIRECT_BUFFERS("direct buffers", "-D" + Setting.DIRECT_BUFFERS_PROPERTY + "=true"),
    AES_128("AES-128 only", "-D" + Setting.AES_128_PROPERTY + "=true");

    static final String DIRECT_BUFFERS_PROPERTY = "gangway.benchmarks.directBuffers";

    static final String AES_128_PROPERTY = "gangway.benchmarks.aes128Only";

    private static final String WITH = " with ";

    private final String label;
    private final String jvmFlag;

    Setting(String label, String jvmFlag) {
        this.label = label;
        this.jvmFlag = jvmFlag;
    }

    List<String> jvmFlags() {
        return jvmFlag.isEmpty() ? List.of() : List.of(jvmFlag);
    }

    /** What is appended to the name of a server. */
    String suffix() {
        return this == DEFAULT ? "" : WITH + label;
    }

    /** The setting of a server with this name. */
    static Setting of(String serverName) {
        return Stream.of(values())
                .filter(setting -> setting != DEFAULT && serverName.endsWith(setting.suffix()))
                .findFirst()
                .orElse(DEFAULT);
    }
}
