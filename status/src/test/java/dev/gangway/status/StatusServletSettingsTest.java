package dev.gangway.status;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The init parameters of the servlet, in another web application. */
class StatusServletSettingsTest {
    @Test
    void init_misspeltParameter_isRefusedByName() {
        assertThatThrownBy(() -> new StatusServlet().init(config(Map.of("rolle", "operators"))))
                .isInstanceOf(ServletException.class)
                .hasMessage("StatusServlet has no init parameter 'rolle'; there is: role");
    }

    @Test
    void init_roleOrNothing_isTaken() {
        assertThatCode(() -> new StatusServlet().init(config(Map.of("role", "operators"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> new StatusServlet().init(config(Map.of()))).doesNotThrowAnyException();
    }

    private static ServletConfig config(Map<String, String> parameters) {
        return (ServletConfig) Proxy.newProxyInstance(
                ServletConfig.class.getClassLoader(),
                new Class<?>[] {ServletConfig.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInitParameterNames" -> Collections.enumeration(parameters.keySet());
                    case "getInitParameter" -> parameters.get(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
