package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.tools.ToolProvider;

/** A class {@code Snippet} that is compiled during a test. */
final class CompiledSnippet implements AutoCloseable {
    private final URLClassLoader loader;

    private CompiledSnippet(URLClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Compiles it with the class path of this JVM.
     *
     * @param source of a class {@code Snippet} without a package
     */
    static CompiledSnippet of(Path folder, String source) throws Exception {
        Path file = folder.resolve("Snippet.java");
        Files.writeString(file, source);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, messages, messages, "-cp", ForkedTests.classPath(), file.toString());
        assertThat(result).as(messages.toString(StandardCharsets.UTF_8)).isZero();
        return new CompiledSnippet(new URLClassLoader(new URL[] {folder.toUri().toURL()}));
    }

    /** Calls its only method of this name. */
    Object call(String name, Object... arguments) throws Exception {
        Method method = Arrays.stream(loader.loadClass("Snippet").getMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return method.invoke(null, arguments);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
