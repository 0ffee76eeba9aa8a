package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.fleet.ProfileSample.Owner;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of async-profiler's "collapsed" format: the frames of a thread, outermost first, and how many samples it had. A
 * Java frame is a class with slashes, a dot and a method; a native one is a library, a backquote and a function.
 */
record ProfileStack(List<String> frames, int samples) {
    private static final Pattern SYSTEM_CALL =
            Pattern.compile("libc\\.so\\.6`(__GI_|__libc_|__)*(accept4?|close|connect|epoll_ctl|epoll_wait|fcntl\\w*"
                    + "|getpeername|getsockname|getsockopt|ioctl|poll|read|readv|recv|recvfrom|send|sendto|setsockopt"
                    + "|shutdown|socket|write|writev)$");
    private static final Pattern OPENSSL = Pattern.compile("(.*/)?libssl\\.so.*");
    private static final Pattern OPERATION_OF_THE_JVM = Pattern.compile(".*`VM_\\w+::.*");

    /** Where a sample counts. */
    record Place(Owner owner, String name) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return owner == other.owner ? name.compareTo(other.name) : owner.compareTo(other.owner);
        }
    }

    static ProfileStack parse(String line) {
        int blank = line.lastIndexOf(' ');
        return new ProfileStack(
                List.of(line.substring(0, blank).split(";", -1)), Integer.parseInt(line.substring(blank + 1)));
    }

    /** The innermost code that is neither the JDK's own nor a general library's. */
    Place place() {
        String innermost = frames.get(frames.size() - 1);
        if (SYSTEM_CALL.matcher(innermost).matches()) {
            return new Place(Owner.SYSTEM_CALL, shortened(innermost));
        }
        for (int i = frames.size() - 1; i >= 0; i--) {
            Optional<Owner> owner = owner(frames.get(i));
            if (owner.isPresent()) {
                return new Place(owner.get(), shortened(frames.get(i)));
            }
        }
        return ofTheJvm().orElseGet(() -> new Place(Owner.OTHER, shortened(innermost)));
    }

    private static Optional<Owner> owner(String frame) {
        if (startsWith(frame, "dev/gangway/benchmarks/", "dev/gangway/examples/")) {
            return Optional.empty();
        }
        if (startsWith(frame, "dev/gangway/")) {
            return Optional.of(Owner.GANGWAY);
        }
        if (startsWith(
                        frame,
                        "sun/security/ssl/",
                        "org/conscrypt/",
                        "org/apache/tomcat/util/net/openssl/",
                        "org/apache/tomcat/util/openssl/")
                || OPENSSL.matcher(frame).matches()) {
            return Optional.of(Owner.TLS_ENGINE);
        }
        return startsWith(frame, "org/eclipse/jetty/", "org/apache/") ? Optional.of(Owner.CONTAINER) : Optional.empty();
    }

    private static boolean startsWith(String frame, String... starts) {
        return Stream.of(starts).anyMatch(frame::startsWith);
    }

    private Optional<Place> ofTheJvm() {
        if (frames.stream().noneMatch(frame -> frame.startsWith("libjvm"))) {
            return Optional.empty();
        }
        String innermost = frames.get(frames.size() - 1);
        if (frames.stream().anyMatch(frame -> frame.contains("CompileBroker::"))) {
            return Optional.of(new Place(Owner.COMPILER, shortened(innermost)));
        }
        String operation = frames.stream()
                .filter(frame -> OPERATION_OF_THE_JVM.matcher(frame).matches())
                .findFirst()
                .orElse(innermost);
        return Optional.of(new Place(Owner.JVM, shortened(operation)));
    }

    // Without packages and folders, what the profiler appends to a method (how it is compiled), and commas.
    private static String shortened(String frame) {
        String name = frame.replaceAll("_\\[\\w\\]$", "")
                .replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda")
                .replaceAll("\\(.*|<(?!(cl)?init>).*", "");
        return name.substring(name.lastIndexOf('/') + 1).replace('`', ' ').replace(",", "");
    }
}
