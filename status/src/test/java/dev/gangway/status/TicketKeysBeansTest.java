package dev.gangway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.jr.ob.JSON;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TicketKeysBeansTest {
    private final TicketKeysBeans beans = new TicketKeysBeans(ManagementFactory.getPlatformMBeanServer());

    @Test
    void read_noServer_isEmpty() {
        assertThat(beans.read()).isEmpty();
    }

    @Test
    void read_twoServers_areInOrderOfTheirNames() throws Exception {
        try (FakeTicketKeys second = FakeTicketKeys.register("Jetty-2", Map.of());
                FakeTicketKeys first = FakeTicketKeys.register("\"A, B\"", Map.of())) {
            assertThat(second).isNotSameAs(first);
            assertThat(beans.read()).extracting(node -> node.get("name")).containsExactly("A, B", "Jetty-2");
        }
    }

    @Test
    void read_everyAttribute_isThereInCamelCaseWithListsAndNulls() throws Exception {
        Map<String, Object> attributes = Map.of(
                "State",
                "SHARING",
                "AcceptedKeys",
                2,
                "PollIntervalSeconds",
                0.5,
                "Keys",
                List.of(FakeTicketKeys.key("ab", "ACTIVE"), FakeTicketKeys.key("cd", "ACCEPT_ONLY")),
                "Handshakes",
                List.of(FakeTicketKeys.handshakes("TLSv1.3", Map.of("ResumedActiveKey", 7L, "FullOtherScope", 3L))));
        try (FakeTicketKeys fake = FakeTicketKeys.register("Tomcat", attributes)) {
            assertThat(fake).isNotNull();
            Map<String, Object> node = beans.read().get(0);

            assertThat(node)
                    .containsEntry("name", "Tomcat")
                    .containsEntry("condition", "REPORTS")
                    .containsEntry("state", "SHARING")
                    .containsEntry("acceptedKeys", 2)
                    .containsEntry("pollIntervalSeconds", 0.5)
                    .containsKeys("ringDigest", "fault", "secondsToNextChange", "handshakesAheadOfKey");
            assertThat(node.get("keys"))
                    .asInstanceOf(LIST)
                    .extracting("name", "role", "acceptFrom")
                    .containsExactly(tuple("ab", "ACTIVE", null), tuple("cd", "ACCEPT_ONLY", null));
            assertThat(node.get("handshakes"))
                    .asInstanceOf(LIST)
                    .extracting("protocol", "resumedActiveKey", "fullOtherScope", "failed")
                    .containsExactly(tuple("TLSv1.3", 7L, 3L, 0L));
        }
    }

    @Test
    void json_ofWhatWasRead_keepsNullsAndNamesNoConnections() throws Exception {
        try (FakeTicketKeys fake = FakeTicketKeys.register(
                "Jetty", Map.of("Keys", List.of(FakeTicketKeys.key("ab", "ACTIVE")), "Fault", "a \"bad\" file"))) {
            assertThat(fake).isNotNull();
            String json = StatusJson.withoutConnections(Instant.EPOCH, beans.read());

            assertThat(json).startsWith("{\"at\":\"1970-01-01T00:00:00Z\",\"nodes\":[{\"name\":\"Jetty\"");
            assertThat(json).contains("\"retireAt\":null").doesNotContain("connections");
            assertThat(JSON.std.mapFrom(json)).containsOnlyKeys("at", "nodes");
        }
    }
}
