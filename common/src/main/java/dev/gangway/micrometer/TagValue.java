package dev.gangway.micrometer;

import java.util.Locale;

/** How a constant is called in a tag: {@code resumed-active-key}. */
final class TagValue {
    private TagValue() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
