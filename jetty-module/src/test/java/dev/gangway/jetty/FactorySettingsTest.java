package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactorySettingsTest {
    @TempDir
    Path folder;

    private final SslContextFactory.Server source = new SslContextFactory.Server();
    private final SslContextFactory.Server target = new SslContextFactory.Server();

    @Test
    void giveTo_settingsOfEveryKind_areTheSame() throws Exception {
        source.setKeyStorePath(Files.createFile(folder.resolve("keys")).toString());
        source.setTrustStorePath(Files.createFile(folder.resolve("trust")).toString());
        source.setKeyStorePassword("OBF:1u2u1wml1z7s1z7a1wnl1u2g");
        source.setKeyManagerPassword("other");
        source.setExcludeCipherSuites("^TLS_RSA_.*$");
        source.setIncludeProtocols("TLSv1.3");
        source.setNeedClientAuth(true);
        source.setRenegotiationLimit(0);
        source.setUseCipherSuitesOrder(false);
        source.setCertAlias("server");
        source.setSNISelector((keyType, issuers, session, host, certificates) -> "server");

        FactorySettings.of(source).giveTo(target);

        assertThat(target.getKeyStorePath()).isEqualTo(source.getKeyStorePath()).endsWith("keys");
        assertThat(target.getTrustStorePath()).isEqualTo(source.getTrustStorePath());
        assertThat(target.getKeyStorePassword()).isEqualTo("keypwd");
        assertThat(target.getKeyManagerPassword()).isEqualTo("other");
        assertThat(target.getExcludeCipherSuites()).containsExactly("^TLS_RSA_.*$");
        assertThat(target.getIncludeProtocols()).containsExactly("TLSv1.3");
        assertThat(target.getNeedClientAuth()).isTrue();
        assertThat(target.getRenegotiationLimit()).isZero();
        assertThat(target.isUseCipherSuitesOrder()).isFalse();
        assertThat(target.getCertAlias()).isEqualTo("server");
        assertThat(target.getSNISelector()).isSameAs(source.getSNISelector());
    }

    @Test
    void giveTo_everyFlagNumberTextAndList_isTheSame() throws Exception {
        Set<String> tried = new TreeSet<>();
        for (Method setter : setters()) {
            // A path must exist; the test above has two paths.
            Object value = name(setter).endsWith("StorePath")
                    ? null
                    : otherThanDefault(setter.getParameterTypes()[0], name(setter));
            if (value != null) {
                setter.invoke(source, value);
                tried.add(name(setter));
            }
        }
        tried.remove("TrustStorePassword");
        // A server does not use this setting, and Jetty discards the value.
        tried.remove("EndpointIdentificationAlgorithm");

        FactorySettings.of(source).giveTo(target);

        assertThat(tried).hasSizeGreaterThan(25);
        for (String setting : tried) {
            assertThat(get(target, setting)).as(setting).isEqualTo(get(source, setting));
            assertThat(get(target, setting)).as(setting).isNotEqualTo(get(new SslContextFactory.Server(), setting));
        }
    }

    @Test
    void giveTo_trustStorePassword_isTheSame() {
        source.setTrustStorePassword("OBF:1u2u1wml1z7s1z7a1wnl1u2g");
        FactorySettings.of(source).giveTo(target);
        assertThat(TrustStorePassword.of(target)).contains("keypwd");
        assertThat(TrustStorePassword.of(new SslContextFactory.Server())).isEmpty();
    }

    /** {@code TrustStorePassword} reads this field. */
    @Test
    void settings_thatCannotBeRead_areTheTrustStorePasswordOnly() {
        Set<String> unreadable = setters().stream()
                .map(FactorySettingsTest::name)
                .filter(setting -> Arrays.stream(SslContextFactory.Server.class.getMethods())
                        .noneMatch(method -> method.getParameterCount() == 0
                                && Set.of("get" + setting, "is" + setting).contains(method.getName())))
                .collect(Collectors.toSet());

        assertThat(unreadable).containsExactly("TrustStorePassword");
    }

    private static Set<Method> setters() {
        return Arrays.stream(SslContextFactory.Server.class.getMethods())
                .filter(method -> method.getDeclaringClass().getName().startsWith(SslContextFactory.class.getName()))
                .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
                .collect(Collectors.toSet());
    }

    private static String name(Method setter) {
        return setter.getName().substring("set".length());
    }

    private static Object otherThanDefault(Class<?> type, String setting) throws Exception {
        if (type == boolean.class) {
            return !(boolean) get(new SslContextFactory.Server(), setting);
        }
        if (type == int.class) {
            return 17;
        }
        if (type == String.class) {
            return "text";
        }
        return type == String[].class ? new String[] {"one", "two"} : null;
    }

    private static Object get(SslContextFactory.Server factory, String setting) throws Exception {
        try {
            return factory.getClass().getMethod("get" + setting).invoke(factory);
        } catch (NoSuchMethodException e) {
            return factory.getClass().getMethod("is" + setting).invoke(factory);
        }
    }
}
