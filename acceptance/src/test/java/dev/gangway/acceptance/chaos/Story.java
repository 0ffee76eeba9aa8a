package dev.gangway.acceptance.chaos;

import java.util.ArrayList;
import java.util.List;

/** The faults so far, in order; the last one may still last. */
final class Story {
    private final List<String> all = new ArrayList<>(List.of("the start"));

    synchronized void add(String happening) {
        all.add(happening);
    }

    synchronized String last() {
        return all.get(all.size() - 1);
    }

    @Override
    public synchronized String toString() {
        return String.join("\n", all);
    }
}
