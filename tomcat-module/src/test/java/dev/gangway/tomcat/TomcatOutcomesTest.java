package dev.gangway.tomcat;

import dev.gangway.testing.EveryEngineAndProtocol;
import org.junit.jupiter.api.Tag;

@Tag("container")
class TomcatOutcomesTest extends TomcatOutcomes {
    @EveryEngineAndProtocol
    void counts_ofEveryOutcome_areWhatClientsDid(String engine, String protocol) throws Exception {
        countEveryOutcome(engine, protocol);
    }
}
