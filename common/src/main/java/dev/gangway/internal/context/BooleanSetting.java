package dev.gangway.internal.context;

import dev.gangway.internal.keys.NearestName;
import java.util.List;

/** A setting that is on or off, as text. */
public final class BooleanSetting {
    private BooleanSetting() {}

    /**
     * Takes {@code true} or {@code false} and nothing else: a container would take anything else for {@code false}.
     *
     * @param setting its name
     * @throws IllegalArgumentException naming setting and value
     */
    public static boolean parse(String setting, String value) {
        return switch (String.valueOf(value)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(setting + " '" + value + "' is neither 'true' nor 'false'"
                        + NearestName.hint(String.valueOf(value), List.of("true", "false")));
        };
    }
}
