package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.TicketPolicy;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class TicketFormatTest {
    @Test
    void name_ofThisJava_isADigestNotItsVersion() {
        assertThat(TicketFormat.name()).matches("sunjsse/[0-9a-f]{16}").isEqualTo(TicketFormat.name());
    }

    @Test
    void classFiles_ofThisJava_areReadAndUnderstood() throws Exception {
        for (String name : TicketFormat.CLASSES) {
            for (Class<?> each : Class.forName("sun.security.ssl." + name).getNestMembers()) {
                String resource = each.getName().replace('.', '/') + ".class";
                try (InputStream file = Object.class.getModule().getResourceAsStream(resource)) {
                    byte[] bytes = file.readAllBytes();
                    assertThat(ClassWithoutLines.of(bytes)).as(each.getName()).hasSizeLessThan(bytes.length);
                }
            }
        }
    }

    @Test
    void layout_otherTicketLifetime_isAnother() {
        assertThat(JdkTicketEngine.layout(TicketPolicy.ofLifetime(Duration.ofHours(6))))
                .isEqualTo(TicketFormat.name() + "/21600s")
                .isNotEqualTo(JdkTicketEngine.layout(TicketPolicy.ofLifetime(Duration.ofHours(5))));
    }
}
