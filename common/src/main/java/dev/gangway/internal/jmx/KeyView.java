package dev.gangway.internal.jmx;

import dev.gangway.TicketKeysMXBean;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.manager.KeyStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** One key of the ring, in open types. A time is null if the key has no times. */
record KeyView(KeyStatus key) implements TicketKeysMXBean.Key {
    @Override
    public String getName() {
        return key.name();
    }

    @Override
    public String getRole() {
        return key.role().name();
    }

    @Override
    public String getAcceptFrom() {
        return time(KeyTimes::acceptFrom);
    }

    @Override
    public String getActivateAt() {
        return time(KeyTimes::activateAt);
    }

    @Override
    public String getRetireAt() {
        return time(KeyTimes::retireAt);
    }

    @Override
    public String getDestroyAt() {
        return time(KeyTimes::destroyAt);
    }

    private String time(Function<KeyTimes, Instant> which) {
        Optional<String> text = key.times().map(which).map(Instant::toString);
        return text.orElse(null);
    }
}
