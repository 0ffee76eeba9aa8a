package dev.gangway.internal.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.ServedConnector;
import dev.gangway.internal.selftest.TestResult;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.internal.store.StoreStatus;
import dev.gangway.testing.FixedConnectors;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The attributes that a JMX tool without Gangway's classes reads in each state. */
class TicketKeysViewTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ManualClock clock = new ManualClock(START);
    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(START, RANDOM);
    private final FixedSource source = new FixedSource(keys);
    private ObjectName name;

    @AfterEach
    void unregister() throws Exception {
        if (name != null) {
            server.unregisterMBean(name);
        }
    }

    @Test
    void attributes_freshKeys_showRingTimesAndPolicy() throws Exception {
        TicketKeyManager manager = show(source);
        manager.register(new RecordingInstallation());
        clock.advance(Duration.ofSeconds(90));

        KeyTimes active = keys.get(0).times().orElseThrow();
        assertThat(attributes())
                .contains(
                        entry("State", "SHARING"),
                        entry("Source", "fixed:"),
                        entry("Engine", "jdk"),
                        entry("ActiveKey", keys.get(0).name().toString()),
                        entry("ActiveKeyAgeSeconds", seconds(active.activateAt(), clock.instant())),
                        entry("SecondsToNextChange", seconds(clock.instant(), active.retireAt())),
                        entry("SecondsToLastRetirement", seconds(clock.instant(), lastRetirement())),
                        entry("AcceptedKeys", 2),
                        entry("RingDigest", manager.ring().digest()),
                        entry("LastGoodLoad", START.toString()),
                        entry("SecondsSinceLastGoodLoad", 90L),
                        entry("Fault", ""),
                        entry("Installations", 1),
                        entry("BrokenInstallations", 0),
                        entry("TicketLifetimeSeconds", 21_600L),
                        entry("PollIntervalSeconds", 10.0));
        assertThat((String[]) attributes().get("Serves")).containsExactly("*:8443");
        assertThat((String[]) attributes().get("TicketFormats")).containsExactly("recorded/1");
        assertThat((String[]) attributes().get("NotServed"))
                .containsExactly("connector *:9443 uses TLS without Gangway");
        CompositeData connector = ((CompositeData[]) attributes().get("Connectors"))[0];
        assertThat((String[]) connector.get("hosts")).containsExactly("shop.example.com");
        assertThat((String[]) connector.get("protocols")).containsExactly("TLSv1.3");
        assertThat(connector.getAll(new String[] {"name", "engine", "proof", "proofDetail"}))
                .containsExactly("*:8443", "jdk", "FAILED", "the server does not answer");
        CompositeData[] ring = (CompositeData[]) attributes().get("Keys");
        assertThat(ring).hasSize(2);
        assertThat(fields(ring[0]))
                .containsOnly(
                        entry("name", keys.get(0).name().toString()),
                        entry("role", "ACTIVE"),
                        entry("acceptFrom", active.acceptFrom().toString()),
                        entry("activateAt", active.activateAt().toString()),
                        entry("retireAt", active.retireAt().toString()),
                        entry("destroyAt", active.destroyAt().toString()));
        assertThat(ring[1].get("role")).isEqualTo("NEXT");
    }

    private Instant lastRetirement() {
        return keys.get(1).times().orElseThrow().retireAt();
    }

    @Test
    void attributes_withAndWithoutAStore_tellOfIt() throws Exception {
        Optional<StoreStatus> status = Optional.of(
                new StoreStatus("jdbc:x", 7, "node1", START, START, START.plusSeconds(100), Duration.ofSeconds(30)));
        show(new FixedSource(keys) {
            @Override
            public Optional<StoreStatus> storeStatus() {
                return status;
            }
        });
        assertThat(attributes())
                .contains(
                        entry("Store", "jdbc:x"),
                        entry("DocumentVersion", 7L),
                        entry("DocumentWrittenBy", "node1"),
                        entry("DocumentWrittenAt", START.toString()),
                        entry("LastStoreContact", START.toString()),
                        entry("OutageBudgetSeconds", 70L));
        clock.advance(Duration.ofHours(1));
        assertThat(attributes()).contains(entry("OutageBudgetSeconds", 0L));

        unregister();
        show(source);
        assertThat(attributes())
                .contains(
                        entry("Store", ""),
                        entry("DocumentVersion", -1L),
                        entry("DocumentWrittenBy", ""),
                        entry("DocumentWrittenAt", ""),
                        entry("LastStoreContact", ""),
                        entry("OutageBudgetSeconds", -1L));
    }

    @Test
    void attributes_keysWithoutTimes_haveNoAgeNoChangeAndNullTimes() throws Exception {
        Keyset ordered = OrderedKeyset.of(List.of(unscheduled(), unscheduled()));
        show(new FixedSource(keys) {
            @Override
            public Optional<Keyset> loadIfChanged(Instant now) {
                return Optional.of(ordered);
            }
        });

        assertThat(attributes())
                .contains(
                        entry("ActiveKeyAgeSeconds", -1L),
                        entry("SecondsToNextChange", -1L),
                        entry("SecondsToLastRetirement", -1L));
        CompositeData[] ring = (CompositeData[]) attributes().get("Keys");
        assertThat(ring).extracting(key -> key.get("role")).containsExactly("ACTIVE", "ACCEPT_ONLY");
        assertThat(ring[0].getAll(new String[] {"acceptFrom", "activateAt", "retireAt", "destroyAt"}))
                .containsOnlyNulls();
    }

    @Test
    void attributes_sourceFails_showTheFaultThenThatNothingIsShared() throws Exception {
        TicketKeyManager manager = show(source);
        source.fail("the disk is gone");
        clock.advance(Duration.ofSeconds(10));
        manager.reload();
        assertThat(attributes())
                .contains(
                        entry("State", "KEEPING_LAST_GOOD_KEYS"),
                        entry("Fault", "the disk is gone"),
                        entry("SecondsSinceLastGoodLoad", 10L),
                        entry("AcceptedKeys", 2));

        clock.set(lastRetirement());
        manager.updateRing();
        assertThat(attributes()).contains(entry("SecondsToLastRetirement", 0L), entry("State", "NOT_SHARING"));
        clock.set(keys.get(1).times().orElseThrow().destroyAt());
        manager.updateRing();
        assertThat(attributes())
                .contains(
                        entry("State", "NOT_SHARING"),
                        entry("ActiveKey", ""),
                        entry("ActiveKeyAgeSeconds", -1L),
                        entry("SecondsToNextChange", -1L),
                        entry("SecondsToLastRetirement", 0L),
                        entry("AcceptedKeys", 0));

        source.recover();
        manager.reload();
        assertThat(attributes()).contains(entry("State", "NOT_SHARING"));
        assertThat((String) attributes().get("Fault"))
                .contains("no key of fixed: is active")
                .contains("'keys rotate'");
    }

    @Test
    void attributes_aChangeIsNear_countDownToZero() throws Exception {
        TicketKeyManager manager = show(source);
        Instant change = manager.nextChange().orElseThrow();

        clock.set(change.minusSeconds(1));
        assertThat(attributes()).contains(entry("SecondsToNextChange", 1L));
        clock.set(change.minusMillis(1));
        assertThat(attributes()).contains(entry("SecondsToNextChange", 0L));
    }

    @Test
    void attributes_aContextDoesNotTakeTheKeys_isBroken() throws Exception {
        TicketKeyManager manager = show(source);
        RecordingInstallation installation = new RecordingInstallation();
        manager.register(installation);
        installation.failing = true;
        source.set(KeyRotation.DEFAULT.initialKeys(START, RANDOM));
        manager.reload();

        assertThat(attributes()).contains(entry("State", "INSTALLATION_BROKEN"), entry("BrokenInstallations", 1));
        assertThat((String) attributes().get("Fault"))
                .startsWith("1 of 1 TLS contexts did not accept the ticket keys: ");
    }

    @Test
    void attributes_closed_saySo() throws Exception {
        show(source).close();

        assertThat(attributes()).contains(entry("State", "CLOSED"), entry("AcceptedKeys", 0));
        assertThat(reload()).startsWith("FAILED").contains("closed");
    }

    @Test
    void reload_readsTheSourceNowAndTellsWhatCameOfIt() throws Exception {
        TicketKeyManager manager = show(source);
        assertThat(reload()).startsWith("OK, the same keys from fixed:").contains("SHARING");

        List<TicketKey> others = KeyRotation.DEFAULT.initialKeys(START, RANDOM);
        source.set(others);
        assertThat(reload())
                .startsWith("OK, other keys from fixed:")
                .contains(others.get(0).name().shortForm(), manager.ring().digest());
        assertThat(attributes())
                .contains(entry("ActiveKey", others.get(0).name().toString()));

        source.fail("the disk is gone");
        assertThat(reload()).isEqualTo("FAILED, the last good keys stay in use: the disk is gone");
        source.recover();
        assertThat(reload()).startsWith("OK, the same keys");
    }

    @Test
    void info_everyAttributeAndOperation_isOpenReadOnlyAndDescribed() throws Exception {
        show(source);
        MBeanInfo info = server.getMBeanInfo(name);

        assertThat(info.getDescription()).isEqualTo("Session ticket keys of one server");
        assertThat(info.getAttributes()).hasSize(33);
        for (MBeanAttributeInfo attribute : info.getAttributes()) {
            assertThat(attribute.isWritable()).as(attribute.getName()).isFalse();
            assertThat(attribute.getDescription()).as(attribute.getName()).hasSizeGreaterThan(10);
            assertThat(attribute.getType()).as(attribute.getName()).doesNotContain("gangway");
            assertThat(attribute.getDescriptor().getFieldValue("openType"))
                    .as(attribute.getName())
                    .isNotNull();
            if (attribute.getName().contains("Seconds")) {
                assertThat(attribute.getDescription()).startsWith("Seconds ");
            }
        }
        assertThat(info.getOperations()).singleElement().satisfies(operation -> {
            assertThat(operation.getName()).isEqualTo("reload");
            assertThat(operation.getReturnType()).isEqualTo("java.lang.String");
            assertThat(operation.getDescription()).contains("ten seconds at most");
        });
    }

    @Test
    void everything_neverHoldsASecret() throws Exception {
        TicketKeyManager manager = show(source);
        StringBuilder all = new StringBuilder(server.getMBeanInfo(name).toString());
        all.append(shown()).append(reload());
        clock.set(keys.get(0).times().orElseThrow().retireAt());
        manager.updateRing();
        all.append(shown());
        source.fail("the disk is gone");
        all.append(reload()).append(shown());

        String text = all.toString();
        assertThat(text)
                .contains(keys.get(0).name().toString(), keys.get(1).name().toString());
        for (TicketKey key : keys) {
            for (String form : writtenForms(key.secret().copy())) {
                assertThat(text).doesNotContainIgnoringCase(form);
            }
        }
    }

    /** Pieces of {@code secret} in the forms in which text may contain bytes. */
    private static List<String> writtenForms(byte[] secret) {
        byte[] piece = Arrays.copyOf(secret, 6);
        return List.of(
                HexFormat.of().formatHex(piece),
                HexFormat.ofDelimiter(":").formatHex(piece),
                Base64.getEncoder().encodeToString(piece),
                Base64.getUrlEncoder().encodeToString(piece),
                Arrays.toString(piece).substring(1, 12));
    }

    private String shown() throws Exception {
        StringBuilder text = new StringBuilder();
        attributes()
                .forEach((attribute, value) ->
                        text.append(value instanceof CompositeData[] ring ? Arrays.toString(ring) : value));
        return text.toString();
    }

    private static final ServedConnector CONNECTOR = new ServedConnector(
            "*:8443",
            List.of("shop.example.com"),
            "jdk",
            List.of("TLSv1.3"),
            TestResult.failed("the server does not answer"));

    private TicketKeyManager show(KeysetSource keySource) throws Exception {
        TicketKeyManager manager = open(keySource);
        name = JmxRegistration.of(
                        new HandshakeRecorder(manager),
                        "test",
                        "jdk",
                        new FixedConnectors(List.of(CONNECTOR), List.of("connector *:9443 uses TLS without Gangway")))
                .name()
                .orElseThrow();
        return manager;
    }

    private TicketKeyManager open(KeysetSource keySource) throws Exception {
        return TicketKeyManager.open(keySource, TicketPolicy.DEFAULT, clock);
    }

    private Map<String, Object> attributes() throws Exception {
        String[] names = Stream.of(server.getMBeanInfo(name).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
        Map<String, Object> values = new LinkedHashMap<>();
        for (Attribute attribute : server.getAttributes(name, names).asList()) {
            values.put(attribute.getName(), attribute.getValue());
        }
        assertThat(values).containsOnlyKeys(names);
        return values;
    }

    private String reload() throws Exception {
        return (String) server.invoke(name, "reload", null, null);
    }

    private static Map<String, Object> fields(CompositeData data) {
        Map<String, Object> fields = new LinkedHashMap<>();
        data.getCompositeType().keySet().forEach(field -> fields.put(field, data.get(field)));
        return fields;
    }

    private static long seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private static TicketKey unscheduled() {
        return TicketKey.unscheduled(KeyName.random(RANDOM), SecretBytes.random(32, RANDOM));
    }
}
