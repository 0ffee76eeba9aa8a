package dev.gangway.examples.node;

import java.util.Locale;

/** The web servers that a node can run. */
public enum ContainerKind {
    JETTY,
    TOMCAT;

    /** As on the command line: {@code jetty}, {@code tomcat}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
