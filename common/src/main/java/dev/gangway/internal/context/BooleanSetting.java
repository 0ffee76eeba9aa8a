package dev.gangway.internal.context;

import dev.gangway.internal.keys.NearestName;
import java.util.List;

/** Parses a setting that is {@code true} or {@code false}. */
public final class BooleanSetting {
    private BooleanSetting() {}

    /**
     * Accepts {@code true} and {@code false} only: a container would read any other text as {@code false}.
     *
     * @param setting the name of the setting
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
