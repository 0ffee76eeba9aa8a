package dev.gangway.springboot;

import dev.gangway.internal.keys.NearestName;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds settings {@code gangway.*} that do not exist. Spring Boot would ignore them. */
final class SettingNames {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("gangway");

    /** As written in properties files, such as {@code ticket-lifetime}. */
    static final List<String> ALL = Arrays.stream(GangwayProperties.class.getRecordComponents())
            .map(RecordComponent::getName)
            .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
            .toList();

    private SettingNames() {}

    /**
     * @throws IllegalArgumentException naming each unknown setting, the most similar one, and all that exist
     */
    static void requireKnown(Environment environment) {
        String unknown = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(SettingNames::isWrittenByHand)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(name -> PREFIX.isAncestorOf(name) && !isKnown(name))
                .map(ConfigurationPropertyName::toString)
                .distinct()
                .sorted()
                .map(name -> "there is no setting " + name
                        + NearestName.hint(name.substring(PREFIX.toString().length() + 1), ALL))
                .collect(Collectors.joining(". "));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(unknown + ". The settings are: "
                    + ALL.stream().map(name -> PREFIX + "." + name).collect(Collectors.joining(", ")));
        }
    }

    // A platform puts variables there for its own reasons: Kubernetes GANGWAY_SERVICE_HOST, for a service of that name.
    private static boolean isWrittenByHand(ConfigurationPropertySource source) {
        return !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
    }

    private static boolean isKnown(ConfigurationPropertyName name) {
        return name.getNumberOfElements() == 2
                && ALL.stream()
                        .map(known -> known.replace("-", ""))
                        .anyMatch(known -> known.equals(name.getElement(1, Form.UNIFORM)));
    }
}
