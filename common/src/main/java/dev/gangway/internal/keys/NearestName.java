package dev.gangway.internal.keys;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the existing name that is most similar to a wrong one. */
public final class NearestName {
    // A longer name may have more typing errors.
    private static final int LETTERS_PER_SLIP = 3;
    private static final int SHORTEST_PART = 4;

    private NearestName() {}

    /**
     * The end of a message: {@code ; did you mean 'scope'?}, or nothing if no name is similar.
     *
     * @param written the wrong name
     * @param names the names that exist
     */
    public static String hint(String written, Collection<String> names) {
        return of(written, names).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /**
     * The one of {@code names} with the fewest differences from {@code written}: letters omitted, added, changed, or
     * swapped with a neighbour, ignoring case. Empty if there are too many differences, unless one name contains the
     * other.
     */
    public static Optional<String> of(String written, Collection<String> names) {
        String wanted = plain(written);
        Optional<String> nearest = names.stream()
                .filter(name -> slips(wanted, plain(name)) <= allowed(wanted, plain(name)))
                .min(Comparator.comparingInt(name -> slips(wanted, plain(name))));
        return nearest.or(
                () -> names.stream().filter(name -> isPart(wanted, plain(name))).findFirst());
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static int allowed(String a, String b) {
        return Math.max(1, Math.min(a.length(), b.length()) / LETTERS_PER_SLIP);
    }

    private static boolean isPart(String a, String b) {
        return Math.min(a.length(), b.length()) >= SHORTEST_PART && (a.contains(b) || b.contains(a));
    }

    // The optimal string alignment distance, row by row.
    private static int slips(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + changed);
                boolean isSwap =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (isSwap) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
