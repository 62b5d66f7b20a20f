package dev.parfocal.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dependencies point one way: math, graph, {language, derive, rewrite}, {schedule, kernel}, {clip, loss}, {curriculum, catalogue,
 * export, check}, guard.
 */
class ArchitectureTest {

    private static final String CORE = "dev.parfocal.core.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parfocal.core");

    private record Layer(String name, List<String> below) {}

    static Stream<Layer> layers() {
        return Stream.of(
                new Layer("math", List.of()),
                new Layer("balance", List.of()),
                new Layer("graph", List.of("math")),
                new Layer("language", List.of("math", "graph")),
                new Layer("schedule", List.of("language")),
                new Layer("derive", List.of("math", "graph")),
                new Layer("rewrite", List.of("math", "graph", "derive")),
                new Layer("kernel", List.of("math", "graph", "language", "derive", "rewrite")),
                new Layer("statistics", List.of()),
                new Layer("loss", List.of("math", "graph", "language", "derive", "rewrite", "kernel", "statistics")),
                new Layer("clip", List.of("kernel")),
                new Layer("curriculum", List.of("language", "schedule", "kernel", "loss")),
                new Layer(
                        "catalogue",
                        List.of("math", "graph", "language", "derive", "rewrite", "kernel", "loss", "statistics")),
                new Layer("export", List.of("graph", "language", "kernel", "loss")),
                new Layer(
                        "check",
                        List.of("math", "graph", "language", "derive", "rewrite", "kernel", "loss", "statistics")),
                new Layer(
                        "guard", List.of("math", "graph", "language", "derive", "rewrite", "kernel", "loss", "check")));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void readsOnlyWhatIsBelow(Layer layer) {
        String[] allowed = Stream.concat(Stream.of(layer.name()), layer.below().stream())
                .map(name -> CORE + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(CORE + layer.name() + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(CORE + "*..").and(resideOutsideOfPackages(allowed)))
                .check(CLASSES);
    }

    @Test
    void dependsOnNothingButJavaAsmSlf4jAndJSpecify() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.parfocal.core..",
                        "java..",
                        "com.sun.management..",
                        "jdk.incubator.vector..",
                        "org.objectweb.asm..",
                        "org.slf4j..",
                        "org.jspecify.."))
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlace() {
        List<String> known = layers().map(layer -> CORE + layer.name()).toList();
        assertThat(CLASSES).hasSizeGreaterThan(60);
        assertThat(CLASSES)
                .extracting(found -> found.getPackageName())
                .allMatch(name ->
                        name.equals("dev.parfocal.core") || known.stream().anyMatch(name::startsWith));
        assertThat(known).filteredOn(name -> !name.endsWith(".math")).allMatch(CLASSES::containPackage);
    }

    @Test
    void aDependencyThatPointsUpIsCaught() {
        assertThatThrownBy(() -> noClasses()
                        .that()
                        .resideInAPackage(CORE + "check..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(CORE + "loss..")
                        .check(CLASSES))
                .isInstanceOf(AssertionError.class);
    }
}
