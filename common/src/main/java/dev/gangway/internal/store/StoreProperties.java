package dev.gangway.internal.store;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStoreProvider;
import dev.gangway.internal.keyfile.SafeFileReader;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keyfile.SecretFile;
import dev.gangway.internal.keys.NearestName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A store's properties file. It is read like a key file, because it may contain a password. */
final class StoreProperties {
    private static final String FILE = "File";
    private static final Set<String> OWN =
            Set.of("type", "name", "wrappingKey", "encryption", "period", "outage", "lastKnown", "node");

    private final Path path;
    private final Allow allow;
    private final Map<String, String> values;

    private StoreProperties(Path path, Allow allow, Map<String, String> values) {
        this.path = path;
        this.allow = allow;
        this.values = values;
    }

    /** @throws KeySourceException if the file cannot be read, is readable by others, or has a property twice */
    static StoreProperties read(Path path, Allow allow) throws KeySourceException {
        byte[] content = SafeFileReader.read(SecretFile.ofStore(path, allow));
        Map<String, String> values = new TreeMap<>();
        Set<String> twice = new TreeSet<>();
        Properties parser = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object name, Object value) {
                if (values.put((String) name, ((String) value).strip()) != null) {
                    twice.add((String) name);
                }
                return null;
            }
        };
        try {
            parser.load(new ByteArrayInputStream(content));
        } catch (IOException | IllegalArgumentException e) {
            throw new KeySourceException("store file " + path + " is not a properties file: " + e.getMessage(), e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
        if (!twice.isEmpty()) {
            throw new KeySourceException("store file " + path + " has the property " + String.join(", ", twice)
                    + " twice; remove one of them");
        }
        return new StoreProperties(path, allow, values);
    }

    /** The value; empty if the property is not in the file. */
    Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    String required(String name, String example) throws KeySourceException {
        return optional(name)
                .orElseThrow(() -> new KeySourceException("store file " + path + " has no property '" + name
                        + "'; add one, such as " + name + "=" + example));
    }

    /** Refuses what neither Gangway nor the provider knows, and what the provider lacks. */
    void requireKnown(KeysetStoreProvider provider) throws KeySourceException {
        Set<String> known = new LinkedHashSet<>(new TreeSet<>(OWN));
        for (String name : all(provider)) {
            known.add(name);
            known.add(name + FILE);
        }
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new KeySourceException("store file " + path + " has the unknown property " + shown(name)
                        + "; a store of type " + provider.type() + " has: " + String.join(", ", known)
                        + NearestName.hint(name, known));
            }
        }
        for (String name : provider.requiredProperties()) {
            if (optional(name).isEmpty() && optional(name + FILE).isEmpty()) {
                throw new KeySourceException("store file " + path + " has no property '" + name
                        + "', which a store of type " + provider.type() + " needs");
            }
        }
    }

    // A password that was broken into two lines looks like a property.
    private String shown(String name) {
        return name.matches("[A-Za-z]{1,30}") && optional(name).isPresent()
                ? "'" + name + "'"
                : "in a line whose text is not shown, because it may be secret";
    }

    /** The values for {@code provider}, including those from files. */
    Map<String, String> of(KeysetStoreProvider provider) throws KeySourceException {
        Map<String, String> result = new TreeMap<>();
        for (String name : all(provider)) {
            Optional<String> file = optional(name + FILE);
            if (file.isPresent() && optional(name).isPresent()) {
                throw new KeySourceException("store file " + path + " has both '" + name + "' and '" + name + FILE
                        + "'; remove one of them");
            }
            if (file.isPresent()) {
                result.put(name, content(name, file.get()));
            } else {
                optional(name).ifPresent(value -> result.put(name, value));
            }
        }
        return result;
    }

    private String content(String property, String file) throws KeySourceException {
        byte[] content = SafeFileReader.read(SecretFile.ofProperty(property, Path.of(file), allow, path));
        try {
            return new String(content, StandardCharsets.UTF_8).strip();
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static Set<String> all(KeysetStoreProvider provider) {
        Set<String> names = new TreeSet<>(provider.requiredProperties());
        names.addAll(provider.optionalProperties());
        return names;
    }
}
