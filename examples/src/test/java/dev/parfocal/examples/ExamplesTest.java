package dev.parfocal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program of the package runs, to its end and with something to say. */
class ExamplesTest {

    static List<Class<?>> examples() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(OwnLoss.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes.resolve("dev/parfocal/examples"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.contains("$") && !name.startsWith("package-info")) {
                    examples.add(Class.forName("dev.parfocal.examples." + name.replace(".class", "")));
                }
            }
        }
        return examples;
    }

    @Test
    void theProgramsAreFound() throws Exception {
        assertThat(examples()).contains(OwnLoss.class);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void runs(Class<?> example) throws Throwable {
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            example.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            System.setOut(console);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isNotBlank();
    }
}
