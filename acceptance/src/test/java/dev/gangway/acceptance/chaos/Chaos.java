package dev.gangway.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.manager.ManagerStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Faults in random order: one after the other, with a check of the server after each; and many at once. */
final class Chaos {
    private static final int PATIENCE_SECONDS = 300;

    private final Scene scene;
    private final Random random;
    private final Story story;

    Chaos(Scene scene, Story story) {
        this.scene = scene;
        this.random = scene.random();
        this.story = story;
    }

    /** {@code count} faults in random order, each kind once before any is repeated. The expected state is known after each. */
    void oneByOne(int count) throws Exception {
        List<Mishap> order = new ArrayList<>();
        while (order.size() < count) {
            List<Mishap> all = new ArrayList<>(Mishap.ALL);
            Collections.shuffle(all, random);
            order.addAll(all);
        }
        for (Mishap mishap : order.subList(0, count)) {
            happen(mishap);
            scene.load().await(1);
            if (!scene.settle()) {
                mend();
            }
        }
        mend();
    }

    /** {@code count} faults without a pause, some at the same time. The expected state is known when all of them have ended. */
    void atOnce(int count) throws Exception {
        Optional<byte[]> before = scene.expected().goodContent();
        List<CompletableFuture<String>> reloads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0) {
                Reload reload = scene.anyOf(List.of(Reload.values()));
                story.add("beside the next: reload " + reload);
                reloads.add(scene.server().send("reload " + reload));
            }
            happen(scene.anyOf(Mishap.ALL));
            if (random.nextBoolean()) {
                scene.load().await(1);
            }
        }
        story.add("end of the reloads");
        for (CompletableFuture<String> reload : reloads) {
            reload.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        if (before.isPresent() && random.nextBoolean()) {
            story.add("the old file is back");
            scene.file().replace(before.get());
            scene.expected().fileHolds(before.get());
        }
        mend();
    }

    /** Ends all faults, after which the server must return to its normal state. */
    private void mend() throws Exception {
        story.add("mending");
        Mishap.SOURCE_WORKS.happen(scene);
        if (random.nextBoolean()) {
            scene.setClock(Duration.ZERO);
        }
        if (scene.expected().at(scene.clock().instant()).state() != State.SHARING || isNearAChange()) {
            Mishap.FILE_REPLACED.happen(scene);
        }
        scene.settle();
        assertThat(scene.expected().at(scene.clock().instant()).state()).isEqualTo(State.SHARING);
        scene.load().requireResumption();
    }

    // If keys change during the check, a second connection need not resume.
    private boolean isNearAChange() {
        return !scene.expected().isQuiet(scene.clock().instant());
    }

    private void happen(Mishap mishap) throws Exception {
        story.add(mishap.name());
        mishap.happen(scene);
    }
}
