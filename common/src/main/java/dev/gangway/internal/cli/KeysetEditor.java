package dev.gangway.internal.cli;

import dev.gangway.KeySourceException;
import java.io.IOException;

/** {@code keys new} and {@code keys rotate}. */
interface KeysetEditor {
    void create(Arguments arguments) throws IOException, KeySourceException;

    void rotate(Arguments arguments) throws IOException, KeySourceException;
}
