package dev.gangway.acceptance.interop;

import com.fasterxml.jackson.jr.ob.JSON;
import java.util.List;
import java.util.Map;

/** The session caches that a node reports. */
final class Sessions {
    private Sessions() {}

    /** The number of sessions in each TLS context of the node at {@code port}. */
    static List<Integer> cachedAt(int port) throws Exception {
        String json = ExternalCommand.run(
                List.of("curl", "--silent", "--show-error", "--insecure", "https://127.0.0.1:" + port + "/sessions"),
                "");
        Map<String, Object> answer = JSON.std.mapFrom(json);
        return ((List<?>) answer.get("contexts"))
                .stream().map(Integer.class::cast).toList();
    }
}
