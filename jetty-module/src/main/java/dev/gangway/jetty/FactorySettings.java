package dev.gangway.jetty;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The settings of one factory for another. They are found by reflection on Jetty's public setters and getters, because
 * Jetty has more of them with every minor version, and none may get lost.
 */
final class FactorySettings {
    // The paths are views of the resources.
    private static final Set<String> NOT_COPIED = Set.of("KeyStorePath", "TrustStorePath");

    private FactorySettings() {}

    /** Gives {@code target} every setting in which {@code source} differs from a new factory. */
    static void copy(SslContextFactory.Server source, SslContextFactory.Server target) {
        SslContextFactory.Server fresh = new SslContextFactory.Server();
        for (Method setter : SslContextFactory.Server.class.getMethods()) {
            String name = settingOf(setter);
            if (!name.isEmpty() && !NOT_COPIED.contains(name)) {
                getterOf(name, setter).ifPresent(getter -> {
                    Object value = invoke(getter, source);
                    if (!Objects.deepEquals(value, invoke(getter, fresh))) {
                        invoke(setter, target, value);
                    }
                });
            }
        }
    }

    private static String settingOf(Method method) {
        Class<?> owner = method.getDeclaringClass();
        boolean isSetter = (owner == SslContextFactory.class || owner == SslContextFactory.Server.class)
                && method.getName().startsWith("set")
                && method.getParameterCount() == 1;
        return isSetter ? method.getName().substring("set".length()) : "";
    }

    private static Optional<Method> getterOf(String setting, Method setter) {
        for (String prefix : new String[] {"get", "is"}) {
            try {
                Method getter = SslContextFactory.Server.class.getMethod(prefix + setting);
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
}
