package dev.gangway.jetty;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A snapshot of the settings of a factory. Settings are found by reflection on the public setters and getters, because
 * Jetty adds settings with every minor version, and none may be lost.
 */
final class FactorySettings {
    // The paths are views of the resources.
    private static final Set<String> VIEWS = Set.of("KeyStorePath", "TrustStorePath");

    // After a factory has started, these return the loaded stores, not the configured ones.
    private static final Set<String> LOADED = Set.of("KeyStore", "TrustStore", "SslContext");

    private final List<Value> values;
    // The only setting without a getter.
    private final Optional<String> trustStorePassword;

    private FactorySettings(List<Value> values, Optional<String> trustStorePassword) {
        this.values = values;
        this.trustStorePassword = trustStorePassword;
    }

    /** The settings of a factory that is not started. */
    static FactorySettings of(SslContextFactory.Server source) {
        FactorySettings settings = read(source, SslContextFactory.Server.class, Set.of());
        return new FactorySettings(settings.values, TrustStorePassword.of(source));
    }

    /** The settings of a factory that may be started, without the key store, trust store and context it was given. */
    static FactorySettings ofStarted(RevertibleSslContextFactory source) {
        return read(source, GangwaySslContextFactory.class, LOADED);
    }

    private static FactorySettings read(SslContextFactory.Server source, Class<?> type, Set<String> leftOut) {
        List<Value> values = new ArrayList<>();
        for (Method setter : type.getMethods()) {
            String name = settingOf(setter);
            if (!name.isEmpty() && !VIEWS.contains(name) && !leftOut.contains(name)) {
                getterOf(type, name, setter)
                        .ifPresent(getter -> values.add(new Value(getter, setter, invoke(getter, source))));
            }
        }
        return new FactorySettings(values, Optional.empty());
    }

    /** Applies the settings to {@code target} where it differs. */
    void giveTo(SslContextFactory.Server target) {
        // A setter may change other settings too, as the setter of the cipher comparator does.
        for (int pass = 0; pass < 2; pass++) {
            for (Value value : values) {
                if (!Objects.deepEquals(value.value, invoke(value.getter, target))) {
                    invoke(value.setter, target, value.value);
                }
            }
        }
        trustStorePassword.ifPresent(target::setTrustStorePassword);
    }

    private static String settingOf(Method method) {
        boolean isSetter = SslContextFactory.class.isAssignableFrom(method.getDeclaringClass())
                && method.getName().startsWith("set")
                && method.getParameterCount() == 1;
        return isSetter ? method.getName().substring("set".length()) : "";
    }

    private static Optional<Method> getterOf(Class<?> type, String setting, Method setter) {
        for (String prefix : new String[] {"get", "is"}) {
            try {
                Method getter = type.getMethod(prefix + setting);
                if (getter.getReturnType() == setter.getParameterTypes()[0]) {
                    return Optional.of(getter);
                }
            } catch (NoSuchMethodException e) {
                // The other prefix, or a setting that cannot be read.
            }
        }
        return Optional.empty();
    }

    private static Object invoke(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method.getName() + " of 'sslContextFactory' failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private record Value(Method getter, Method setter, Object value) {}
}
