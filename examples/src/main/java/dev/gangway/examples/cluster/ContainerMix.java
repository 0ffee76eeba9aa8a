package dev.gangway.examples.cluster;

import dev.gangway.examples.node.ContainerKind;
import java.util.Locale;

/** The web servers of a fleet. */
public enum ContainerMix {
    JETTY,
    TOMCAT,
    /** Alternately Jetty and Tomcat. */
    MIXED;

    /** @param index of the node, from zero */
    ContainerKind ofNode(int index) {
        return switch (this) {
            case JETTY -> ContainerKind.JETTY;
            case TOMCAT -> ContainerKind.TOMCAT;
            case MIXED -> index % 2 == 0 ? ContainerKind.JETTY : ContainerKind.TOMCAT;
        };
    }

    /** As on the command line: {@code jetty}, {@code tomcat}, {@code mixed}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
