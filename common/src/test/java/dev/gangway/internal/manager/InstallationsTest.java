package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.RecordingInstallation;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class InstallationsTest {
    private final RecordingInstallation one = new RecordingInstallation();
    private final RecordingInstallation two = new RecordingInstallation() {
        @Override
        public String ticketFormat() {
            return "another/1";
        }
    };
    private final Installations installations = new Installations();

    @Test
    void ticketFormats_severalInstallations_areEachFormatOnce() {
        assertThat(installations.ticketFormats()).isEmpty();

        installations.add(one);
        installations.add(new RecordingInstallation());
        installations.add(two);

        assertThat(installations.ticketFormats()).containsExactly("another/1", "recorded/1");
    }

    @Test
    void maintain_oneFails_isLoggedOnceUntilItRecovers() {
        installations.add(one);
        installations.add(two);
        one.failing = true;
        try (LogCapture log = new LogCapture()) {
            installations.apply(KeyRing.EMPTY);
            installations.maintain(KeyRing.EMPTY);
            installations.maintain(KeyRing.EMPTY);

            assertThat(log.at(Level.WARNING)).singleElement().asString().contains("broken on purpose");
            assertThat(installations.countBroken()).isEqualTo(1);
            assertThat(installations.fault())
                    .hasValueSatisfying(fault -> assertThat(fault)
                            .isEqualTo("1 of 2 TLS contexts did not accept the ticket keys: broken on purpose"));
            assertThat(two.rings).hasSize(1);

            one.failing = false;
            installations.maintain(KeyRing.EMPTY);
            installations.maintain(KeyRing.EMPTY);

            assertThat(log.at(Level.INFO)).hasSize(1);
            assertThat(one.rings).hasSize(1);
            assertThat(installations.fault()).isEmpty();
        }
    }

    @Test
    void lacking_aPartOfTheServer_tellsStateAndReason() {
        Serving serving = Serving.lacking(State.NOT_SHARING, "a connector is not served");

        assertThat(serving.state()).isEqualTo(State.NOT_SHARING);
        assertThat(serving.fault()).contains("a connector is not served");
    }
}
