package dev.gangway.benchmarks.fleet;

import java.util.List;
import java.util.Locale;

/**
 * What the nodes of a fleet are.
 *
 * @param name such as {@code tomcat jdk}
 * @param kind which program
 * @param engine of Jetty or Tomcat: {@code stock}, {@code cache}, or an engine of Gangway
 * @param java the feature release that runs it; 0 if it is no Java program
 */
record Server(String name, Kind kind, String engine, int java, Setting setting) {
    enum Kind {
        JETTY,
        TOMCAT,
        NGINX,
        HAPROXY
    }

    static Server jetty(String engine, int java) {
        return of(Kind.JETTY, engine, java);
    }

    static Server tomcat(String engine, int java) {
        return of(Kind.TOMCAT, engine, java);
    }

    static Server nginx() {
        return new Server("nginx", Kind.NGINX, "", 0, Setting.DEFAULT);
    }

    static Server haproxy() {
        return new Server("haproxy", Kind.HAPROXY, "", 0, Setting.DEFAULT);
    }

    /** The opposite of {@link #name}. */
    static Server named(String name, int java) {
        Setting setting = Setting.of(name);
        String plain = name.substring(0, name.length() - setting.suffix().length());
        int blank = plain.indexOf(' ');
        String program = (blank < 0 ? plain : plain.substring(0, blank)).toUpperCase(Locale.ROOT);
        return new Server(name, Kind.valueOf(program), blank < 0 ? "" : plain.substring(blank + 1), java, setting);
    }

    /** The same with another setting. */
    Server with(Setting other) {
        return new Server(name + other.suffix(), kind, engine, java, other);
    }

    /** The same program with another engine, and the default setting. */
    Server withEngine(String other) {
        return of(kind, other, java);
    }

    private static Server of(Kind kind, String engine, int java) {
        String name = kind.name().toLowerCase(Locale.ROOT) + " " + engine;
        return new Server(name, kind, engine, java, Setting.DEFAULT);
    }

    boolean isJava() {
        return java != 0;
    }

    boolean isStock() {
        return engine.startsWith(FleetNode.STOCK);
    }

    /** With Gangway's engine {@code openssl}, or stock. */
    boolean isOpenSsl() {
        return engine.equals("openssl") || engine.equals(FleetNode.STOCK_OPENSSL);
    }

    /** Stock, with a session cache instead of tickets. */
    boolean isCache() {
        return engine.equals(FleetNode.CACHE);
    }

    /** How clients connect: those of a stock server also come back to the node that they began on. */
    List<Visit> visits() {
        if (isCache()) {
            return List.of(Visit.FIRST, Visit.SAME_NODE);
        }
        return isStock()
                ? List.of(Visit.FIRST, Visit.OTHER_NODE, Visit.SAME_NODE)
                : List.of(Visit.FIRST, Visit.OTHER_NODE);
    }

    /** How a client comes back that is to be resumed. */
    Visit resumes() {
        return isStock() || isCache() ? Visit.SAME_NODE : Visit.OTHER_NODE;
    }
}
