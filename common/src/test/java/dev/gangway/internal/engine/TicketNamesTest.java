package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyName;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TicketNamesTest {
    private static final KeyName KEY = name(1);
    private static final KeyName OTHER_KEY = name(2);

    @Test
    void sealOf_ticketThatBearsAName_isItsKey() {
        TicketNames names = TicketNames.NONE.with(Map.of(name(11), KEY, name(12), OTHER_KEY));

        assertThat(names.sealOf(ticket(11))).contains(TicketSeal.of(KEY));
        assertThat(names.sealOf(ticket(12))).contains(TicketSeal.of(OTHER_KEY));
        assertThat(names.sealOf(ticket(13))).isEmpty();
    }

    @Test
    void sealOf_nameAloneOrLess_isNone() {
        TicketNames names = TicketNames.NONE.with(Map.of(name(11), KEY));

        assertThat(names.sealOf(Arrays.copyOf(ticket(11), 16))).isEmpty();
        assertThat(names.sealOf(Arrays.copyOf(ticket(11), 17))).isPresent();
        assertThat(names.sealOf(new byte[0])).isEmpty();
    }

    @Test
    void with_laterKeys_remembersThoseThatAreGone() {
        TicketNames names = TicketNames.NONE.with(Map.of(name(11), KEY)).with(Map.of(name(12), OTHER_KEY));

        assertThat(names.sealOf(ticket(11))).isPresent();
        assertThat(TicketNames.NONE.sealOf(ticket(11))).isEmpty();
    }

    @Test
    void with_manyKeys_forgetsTheOldestAndKeepsWhatIsStillPresent() {
        TicketNames names = TicketNames.NONE.with(Map.of(name(0), KEY));
        for (int i = 1; i <= 100; i++) {
            names = names.with(Map.of(name(i), OTHER_KEY)).with(Map.of(name(0), KEY));
        }

        assertThat(names.sealOf(ticket(0))).as("present all the time").isPresent();
        assertThat(names.sealOf(ticket(100))).isPresent();
        assertThat(names.sealOf(ticket(38))).as("one of the last 64").isPresent();
        assertThat(names.sealOf(ticket(37))).as("older").isEmpty();
    }

    private static KeyName name(int fill) {
        return KeyName.of(Arrays.copyOf(ticket(fill), KeyName.LENGTH));
    }

    private static byte[] ticket(int fill) {
        byte[] ticket = new byte[40];
        Arrays.fill(ticket, (byte) fill);
        return ticket;
    }
}
