package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints tables, and replaces them in the documents, together with plots and the file of all values. */
final class Report {
    static final String CONNECTIONS = "fleet-connections.csv";
    static final String SESSIONS = "fleet-sessions.csv";
    static final String SETTINGS = "fleet-settings.csv";
    static final String COMPARISON = "fleet-comparison.csv";
    static final String PROFILE = "fleet-profile.csv";

    private final Results results;
    private final PrintStream out;

    Report(Results results, PrintStream out) {
        this.results = results;
        this.out = out;
    }

    static Path file(Path documents, String name) {
        return documents.resolve("measured").resolve(name);
    }

    static void save(Results results, Path documents, String name) throws IOException {
        Path file = file(documents, name);
        Files.createDirectories(file.getParent());
        results.write(file);
    }

    void connections(Optional<Path> documents) throws IOException {
        tell(new FleetTables(results).sections(), CONNECTIONS, documents);
        if (documents.isPresent()) {
            Path images = Files.createDirectories(documents.get().resolve("images"));
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                Files.writeString(
                        images.resolve("fleet-" + protocol.toLowerCase(java.util.Locale.ROOT) + ".svg"),
                        new FleetTables(results).chart(protocol).svg());
            }
        }
    }

    void sessions(Optional<Path> documents) throws IOException {
        tell(new MemoryTables(results).sections(), SESSIONS, documents);
    }

    void settings(Optional<Path> documents) throws IOException {
        tell(new SettingTables(results).sections(), SETTINGS, documents);
    }

    void comparison(Optional<Path> documents) throws IOException {
        tell(new ComparisonTables(results).sections(), COMPARISON, documents);
    }

    void profile(Optional<Path> documents) throws IOException {
        tell(new ProfileTables(results).sections(), PROFILE, documents);
    }

    private void tell(Map<String, String> sections, String values, Optional<Path> documents) throws IOException {
        sections.forEach((name, table) -> out.println("== " + name + "\n" + table));
        if (documents.isPresent()) {
            write(documents.get(), values, sections);
        }
    }

    private void write(Path documents, String values, Map<String, String> sections) throws IOException {
        save(results, documents, values);
        for (String document : List.of("benchmarks.md", "gain.md")) {
            Path path = documents.resolve(document);
            if (Files.exists(path)) {
                Files.writeString(path, MarkedSections.replace(Files.readString(path), sections));
            }
        }
    }
}
