package dev.gangway.internal.store;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStoreProvider;
import dev.gangway.internal.keys.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** Finds the provider of a type of store. */
final class StoreProviders {
    private StoreProviders() {}

    /** @throws KeySourceException naming the types that exist, and the nearest one */
    static KeysetStoreProvider find(String type, String file) throws KeySourceException {
        List<KeysetStoreProvider> all = new ArrayList<>(BuiltInStores.all());
        all.addAll(installed(file));
        for (KeysetStoreProvider provider : all) {
            if (provider.type().equals(type)) {
                return provider;
            }
        }
        if (type.contains(".")) {
            return named(type, file);
        }
        Set<String> types = new LinkedHashSet<>();
        all.forEach(provider -> types.add(provider.type()));
        throw new KeySourceException(file + " has type '" + type + "', which is unknown; the types are: "
                + String.join(", ", types) + ", or the class name of a KeysetStoreProvider"
                + NearestName.hint(type, types));
    }

    private static List<KeysetStoreProvider> installed(String file) throws KeySourceException {
        List<KeysetStoreProvider> found = new ArrayList<>();
        try {
            for (ClassLoader loader : loaders()) {
                ServiceLoader.load(KeysetStoreProvider.class, loader).forEach(found::add);
            }
            return found;
        } catch (ServiceConfigurationError e) {
            throw new KeySourceException(file + ": a KeysetStoreProvider cannot be loaded: " + e, e);
        }
    }

    private static KeysetStoreProvider named(String className, String file) throws KeySourceException {
        Throwable why = null;
        for (ClassLoader loader : loaders()) {
            try {
                return Class.forName(className, true, loader)
                        .asSubclass(KeysetStoreProvider.class)
                        .getConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
                why = e;
            }
        }
        throw new KeySourceException(
                file + " has type '" + className + "', which is not a KeysetStoreProvider with a public constructor"
                        + " without parameters on the class path: " + why,
                why);
    }

    // A container's own class loader has its extensions; the thread's may have the application's classes.
    private static Set<ClassLoader> loaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(StoreProviders.class.getClassLoader());
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            loaders.add(context);
        }
        return loaders;
    }
}
