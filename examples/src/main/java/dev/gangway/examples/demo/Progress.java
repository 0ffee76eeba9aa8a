package dev.gangway.examples.demo;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows the progress on standard error: a bar on a terminal, otherwise one line for each stage. */
abstract class Progress implements AutoCloseable {
    /** @param steps the total number of steps of all stages */
    static Progress of(int steps) {
        return Terminal.isStandardError() ? new Bar(steps) : new Lines(System.err);
    }

    abstract void stage(String what);

    abstract void step();

    @Override
    public abstract void close();

    private static final class Bar extends Progress {
        private final ProgressBar bar;

        Bar(int steps) {
            bar = new ProgressBarBuilder()
                    .setTaskName("demo")
                    .setInitialMax(steps)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setMaxRenderedLength(100)
                    .build();
        }

        @Override
        void stage(String what) {
            bar.setExtraMessage(what);
        }

        @Override
        void step() {
            bar.step();
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    private static final class Lines extends Progress {
        private final PrintStream out;

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        void stage(String what) {
            out.println(what);
        }

        @Override
        void step() {}

        @Override
        public void close() {}
    }
}
