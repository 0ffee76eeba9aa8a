package dev.gangway.testing;

import java.util.ArrayList;
import java.util.List;

/** ClientHellos of real clients, as records. */
public final class ClientHellos {
    private ClientHellos() {}

    /** Hellos of both engines in both protocol versions, without a ticket and with a ticket of {@code nodes}. */
    public static List<byte[]> of(Nodes nodes) throws Exception {
        List<byte[]> hellos = new ArrayList<>();
        for (String engine : List.of("jdk", "conscrypt")) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                EngineClient client = new EngineClient(engine, protocol);
                hellos.add(client.hello());
                client.connect(nodes.node().context().createSSLEngine());
                hellos.add(client.hello());
            }
        }
        return hellos;
    }
}
