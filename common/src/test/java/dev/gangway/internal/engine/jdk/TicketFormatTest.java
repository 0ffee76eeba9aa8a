package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.TicketPolicy;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class TicketFormatTest {
    @Test
    void name_ofThisJava_isADigestNotItsVersion() {
        assertThat(TicketFormat.name()).matches("sunjsse/[0-9a-f]{16}(/.+)?").isEqualTo(TicketFormat.name());
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

    /** The code of tickets may be in other classes there, so equal digests are no evidence of equal tickets. */
    @Test
    void name_ofAReleaseThatIsNotKnown_isOfThisBuildOnly() {
        for (String known : List.of("17.0.15+6", "21.0.13.1+1", "25.0.3+9-LTS")) {
            assertThat(TicketFormat.name("sunjsse/00", Runtime.Version.parse(known)))
                    .isEqualTo("sunjsse/00");
        }
        assertThat(TicketFormat.name("sunjsse/00", Runtime.Version.parse("26.0.2+3")))
                .isEqualTo("sunjsse/00/26.0.2+3");
    }

    @Test
    void layout_otherTicketLifetime_isAnother() {
        assertThat(JdkTicketEngine.layout(TicketPolicy.ofLifetime(Duration.ofHours(6))))
                .isEqualTo(TicketFormat.name() + "/21600s")
                .isNotEqualTo(JdkTicketEngine.layout(TicketPolicy.ofLifetime(Duration.ofHours(5))));
    }
}
