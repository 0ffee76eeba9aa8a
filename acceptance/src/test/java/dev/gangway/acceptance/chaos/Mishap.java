package dev.gangway.acceptance.chaos;

import dev.gangway.acceptance.chaos.FaultySource.Fault;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/** A fault of a server, and the state that is expected from then on. */
record Mishap(String name, Happening happening) {
    /** What happens. */
    interface Happening {
        void in(Scene scene) throws Exception;
    }

    private static final List<Fault> FAULTS = List.of(Fault.values());
    // Few handshakes are about to seal at the moment when their key is destroyed.
    private static final int MANY_TIMES = 40;

    static final Mishap FILE_REPLACED = new Mishap("file replaced", scene -> {
        byte[] keys = scene.freshKeys();
        scene.file().replace(keys);
        scene.expected().fileHolds(keys);
    });

    static final Mishap SOURCE_WORKS = new Mishap("source works", scene -> {
        scene.server().ask("work");
        scene.expected().sourceWorks(true);
    });

    static final List<Mishap> ALL = List.of(
            new Mishap(
                    "keys new",
                    scene -> scene.keys(
                            "keys",
                            "new",
                            scene.file().path().toString(),
                            "--period=" + ServerSettings.PERIOD,
                            "--ticket-lifetime=" + ServerSettings.TICKET_LIFETIME)),
            new Mishap(
                    "keys rotate",
                    scene -> scene.keys("keys", "rotate", scene.file().path().toString())),
            new Mishap(
                    "keys rotate soon",
                    scene -> scene.keys("keys", "rotate", scene.file().path().toString(), "--in=2m")),
            FILE_REPLACED,
            new Mishap("folder swapped", scene -> {
                byte[] keys = scene.freshKeys();
                scene.file().swapFolder(keys);
                scene.expected().fileHolds(keys);
            }),
            new Mishap("file replaced again and again", scene -> {
                for (int i = 0; i < MANY_TIMES; i++) {
                    FILE_REPLACED.happen(scene);
                    scene.server().ask("read");
                }
            }),
            new Mishap("raw key", scene -> {
                byte[] key = new byte[80];
                new SecureRandom().nextBytes(key);
                scene.file().replace(key);
                scene.expected().fileHolds(key);
            }),
            new Mishap("file written slowly", scene -> {
                byte[] keys = scene.freshKeys();
                scene.file().overwrite(keys, 3, () -> scene.load().await(1));
                scene.expected().fileHolds(keys);
            }),
            new Mishap("file torn", scene -> {
                scene.file().tear(scene.freshKeys());
                scene.expected().fileIsBad();
            }),
            new Mishap("file truncated", spoil(KeyFile::truncate)),
            new Mishap("file with a wrong bit", scene -> {
                // A raw key may have any bits.
                if (scene.expected().holdsKeyset()) {
                    scene.file().flipBit();
                } else {
                    scene.file().garbage();
                }
                scene.expected().fileIsBad();
            }),
            new Mishap("file of garbage", spoil(KeyFile::garbage)),
            new Mishap("file empty", spoil(KeyFile::empty)),
            new Mishap("file huge", spoil(KeyFile::huge)),
            new Mishap("file deleted", spoil(KeyFile::delete)),
            new Mishap("file is a directory", spoil(KeyFile::makeDirectory)),
            new Mishap("file is a dangling link", spoil(KeyFile::makeDanglingLink)),
            new Mishap("file is a pipe", spoil(KeyFile::makePipe)),
            new Mishap("file open to others", spoil(file -> file.setMode("rw-r--r--"))),
            new Mishap("file of no mode", scene -> {
                if (scene.expected().goodContent().isPresent()) {
                    scene.file().setMode("---------");
                    // The superuser can read it nevertheless.
                    if (!scene.file().isClosedToOthers()) {
                        scene.expected().fileIsBad();
                    }
                }
            }),
            new Mishap("clock by seconds", scene -> scene.moveClock(scene.any(Duration.ofMinutes(1)))),
            new Mishap("clock by minutes", scene -> scene.moveClock(scene.any(Duration.ofMinutes(40)))),
            new Mishap("clock by hours", scene -> scene.moveClock(scene.any(Duration.ofHours(12)))),
            new Mishap("clock by days", scene -> scene.moveClock(scene.any(Duration.ofDays(10)))),
            new Mishap(
                    "clock to the end of a key",
                    scene -> scene.moveClock(
                            Duration.ofSeconds(19 * 60 + scene.random().nextInt(120)))),
            new Mishap("clock ahead for a while", scene -> {
                boolean isKnown = scene.expected().isAtRest();
                Duration before = scene.clock().offset();
                scene.moveClock(Duration.ofHours(2));
                // The keys are past their destruction, and wiped.
                scene.letPollIntervalsPass(isKnown);
                scene.setClock(before);
            }),
            new Mishap("clock set right", scene -> scene.setClock(Duration.ZERO)),
            new Mishap("suspended", scene -> scene.server().suspend(pause(scene), () -> {})),
            new Mishap(
                    "suspended while time passes",
                    scene -> scene.server()
                            .suspend(pause(scene), () -> scene.moveClock(scene.any(Duration.ofHours(2))))),
            new Mishap("source fails now and then", scene -> {
                int times = 1 + scene.random().nextInt(3);
                failures(scene, scene.random().nextBoolean(), times).get();
            }),
            new Mishap("source fails as it gives other keys", scene -> {
                Future<String> failures = failures(scene, true, 3);
                FILE_REPLACED.happen(scene);
                failures.get();
            }),
            new Mishap("source fails", scene -> {
                scene.server()
                        .ask("fail " + scene.anyOf(FAULTS) + " "
                                + scene.random().nextBoolean() + " always");
                scene.expected().sourceWorks(false);
            }),
            SOURCE_WORKS,
            new Mishap("read now", scene -> scene.server().ask("read")),
            new Mishap("reload", scene -> scene.reload(Reload.NOTHING)),
            new Mishap("reload of a renewed certificate", scene -> scene.reload(Reload.RENEWED_CERTIFICATE)),
            new Mishap("reload with a wrong password", scene -> scene.reload(Reload.WRONG_PASSWORD)),
            new Mishap("reload of an unknown protocol", scene -> scene.reload(Reload.UNKNOWN_PROTOCOL)),
            new Mishap("reload without a key store", scene -> scene.reload(Reload.MISSING_KEY_STORE)));

    void happen(Scene scene) throws Exception {
        happening.in(scene);
    }

    private interface Spoiling {
        void of(KeyFile file) throws Exception;
    }

    private static Happening spoil(Spoiling spoiling) {
        return scene -> {
            spoiling.of(scene.file());
            scene.expected().fileIsBad();
        };
    }

    // Afterwards the source works again, even if it was to fail until further notice.
    private static Future<String> failures(Scene scene, boolean afterReading, int times) throws IOException {
        scene.expected().sourceWorks(true);
        return scene.server().send("fail " + scene.anyOf(FAULTS) + " " + afterReading + " " + times);
    }

    private static Duration pause(Scene scene) {
        return Duration.ofMillis(200 + scene.random().nextInt(600));
    }
}
