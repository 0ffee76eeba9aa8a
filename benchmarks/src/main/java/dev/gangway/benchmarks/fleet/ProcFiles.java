package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux tells about a process. */
final class ProcFiles {
    // The kernel counts in these for programs, whatever its own clock; sysconf(_SC_CLK_TCK) is 100 on all architectures
    // of Java.
    private static final long MICROS_PER_TICK = 10_000;
    // After the name in parentheses, which may contain blanks.
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private static final Pattern COMPILER = Pattern.compile("\\d+ \\(C[12] Compiler");

    // In the first line of /proc/stat.
    private static final int USER = 1;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int STOLEN = 8;

    private ProcFiles() {}

    /** The time that all processors were not idle, of all processes and of other virtual machines, in µs. */
    static long busyMicros() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +", -1);
        long ticks = 0;
        for (int i = USER; i <= STOLEN; i++) {
            ticks += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i]);
        }
        return MICROS_PER_TICK * ticks;
    }

    /** User and system time, in µs; 0 if the process has ended. */
    static long cpuMicros(long pid) {
        return cpuMicros(read(pid, "stat"));
    }

    private static long cpuMicros(String stat) {
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return MICROS_PER_TICK * (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]));
    }

    /** User and system time of the threads in which a JVM compiles, in µs; 0 if the process is no JVM or has ended. */
    static long compilerMicros(long pid) {
        String[] threads =
                Path.of("/proc", String.valueOf(pid), "task").toFile().list();
        return threads == null
                ? 0
                : Stream.of(threads)
                        .map(thread -> read(pid, "task/" + thread + "/stat"))
                        .filter(stat -> COMPILER.matcher(stat).lookingAt())
                        .mapToLong(ProcFiles::cpuMicros)
                        .sum();
    }

    /** Resident memory in kB; 0 if the process has ended. */
    static long residentKilobytes(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            return "";
        }
    }
}
