package dev.gangway.internal.store.jdbc;

import dev.gangway.KeysetStoreException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;

/**
 * Opens connections. It looks for the driver itself, because {@code java.sql.DriverManager} does not see the drivers in a
 * container's own library folder if the container has initialised it early, as Tomcat does.
 */
final class Connector {
    private static final Executor SAME_THREAD = Runnable::run;

    private final String url;
    private final Properties login;
    private final String driverClass;
    private final LoginMask mask;

    /** @param driverClass null if the driver is to be found by the URL */
    Connector(String url, Properties login, String driverClass) {
        this.url = url;
        this.login = login;
        this.driverClass = driverClass;
        this.mask = new LoginMask(url, name(), login.getProperty("password"));
    }

    /** The URL without what may be a user or a password, which each driver writes in its own way. */
    String name() {
        String scheme = url.replaceFirst("^(jdbc:[^:]*:).*", "$1");
        int login = url.lastIndexOf('@');
        if (login < 0) {
            return withoutProperties(url);
        }
        // With both signs it is uncertain to which part they belong.
        return url.contains("=") ? scheme + "…" : scheme + "…" + withoutProperties(url.substring(login));
    }

    private static String withoutProperties(String address) {
        return address.replaceFirst("(?:[?;]|[:,&(\\s]\\w+=).*", "");
    }

    /**
     * What {@code failure} says, on one line.
     *
     * @param hint at its end
     */
    KeysetStoreException failed(Exception failure, String hint) {
        String message = failure instanceof SQLException ? String.valueOf(failure.getMessage()) : failure.toString();
        // Some drivers put details on further lines.
        String text = mask.hide(message).strip().replaceAll("\\s*\\R\\s*", " ") + hint;
        // A container prints the causes too.
        return mask.showsSecret(failure) ? new KeysetStoreException(text) : new KeysetStoreException(text, failure);
    }

    Connection open() throws SQLException, KeysetStoreException {
        Connection connection = connect();
        if (connection == null) {
            throw new KeysetStoreException("the driver does not accept the url " + name());
        }
        try {
            connection.setNetworkTimeout(SAME_THREAD, Timeouts.SECONDS * 1000);
        } catch (SQLException | AbstractMethodError e) {
            // Not every driver has it.
        }
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        return connection;
    }

    private Connection connect() throws SQLException, KeysetStoreException {
        try {
            return driver().connect(url, (Properties) login.clone());
        } catch (RuntimeException e) {
            throw failed(e, "");
        }
    }

    private Driver driver() throws SQLException, KeysetStoreException {
        for (Driver driver : drivers()) {
            if (driver.acceptsURL(url)) {
                return driver;
            }
        }
        throw new KeysetStoreException("no JDBC driver on the class path accepts the url " + name()
                + "; put its jar where the jar of Gangway is, or name its class in 'driver'");
    }

    private List<Driver> drivers() throws KeysetStoreException {
        List<Driver> drivers = new ArrayList<>();
        Throwable why = null;
        for (ClassLoader loader : loaders()) {
            try {
                if (driverClass == null) {
                    ServiceLoader.load(Driver.class, loader).forEach(drivers::add);
                } else {
                    drivers.add(Class.forName(driverClass, true, loader)
                            .asSubclass(Driver.class)
                            .getConstructor()
                            .newInstance());
                }
            } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
                why = e;
            }
        }
        if (drivers.isEmpty() && why != null) {
            throw new KeysetStoreException("the JDBC driver cannot be loaded: " + why, why);
        }
        return drivers;
    }

    private static List<ClassLoader> loaders() {
        ClassLoader own = Connector.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null || context == own ? List.of(own) : List.of(own, context);
    }
}
