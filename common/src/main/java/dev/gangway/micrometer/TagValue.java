package dev.gangway.micrometer;

import java.util.Locale;

/** A constant as the value of a tag, such as {@code resumed-active-key}. */
final class TagValue {
    private TagValue() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
