package dev.gangway.internal.store;

import dev.gangway.KeysetStoreProvider;
import dev.gangway.internal.store.etcd.EtcdStoreProvider;
import dev.gangway.internal.store.jdbc.JdbcStoreProvider;
import dev.gangway.internal.store.kubernetes.KubernetesStoreProvider;
import java.util.List;

/** The stores that need no other jar of Gangway. */
final class BuiltInStores {
    private BuiltInStores() {}

    static List<KeysetStoreProvider> all() {
        return List.of(new JdbcStoreProvider(), new EtcdStoreProvider(), new KubernetesStoreProvider());
    }
}
