package dev.parfocal.tune;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependencies point one way: {space, statistics}, study, pareto, {prune, gp, run}, sampler, importance; and there is no engine. */
class ArchitectureTest {

    private static final String TUNE = "dev.parfocal.tune.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parfocal.tune");

    private record Layer(String name, List<String> below) {}

    static Stream<Layer> layers() {
        return Stream.of(
                new Layer("space", List.of()),
                new Layer("statistics", List.of()),
                new Layer("study", List.of("space")),
                new Layer("pareto", List.of("space", "study")),
                new Layer("prune", List.of("space", "study")),
                new Layer("gp", List.of("space", "study", "pareto")),
                new Layer("run", List.of("space", "study")),
                new Layer("sampler", List.of("space", "study", "pareto", "gp")),
                new Layer("importance", List.of("space", "study", "pareto", "gp")));
    }

    private static ArchRule readsOnly(Layer layer) {
        String[] allowed = Stream.concat(Stream.of(layer.name()), layer.below().stream())
                .map(name -> TUNE + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(TUNE + layer.name() + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(TUNE + "*..").and(resideOutsideOfPackages(allowed)))
                .allowEmptyShould(true);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void readsOnlyWhatIsBelow(Layer layer) {
        readsOnly(layer).check(CLASSES);
    }

    @Test
    void knowsNeitherEngineNorDetector() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.parfocal.tune..",
                        "dev.parfocal.core..",
                        "java..",
                        "org.hipparchus..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "org.slf4j..",
                        "org.jspecify.."))
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlace() {
        List<String> known = layers().map(layer -> TUNE + layer.name()).toList();
        assertThat(CLASSES).isNotEmpty();
        assertThat(CLASSES)
                .extracting(found -> found.getPackageName())
                .allMatch(name -> known.stream().anyMatch(name::startsWith) || name.equals("dev.parfocal.tune"));
    }

    @Test
    void aDependencyThatIsNotAllowedIsCaught() {
        assertThatThrownBy(() -> noClasses()
                        .that()
                        .resideInAPackage(TUNE + "space..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.lang..")
                        .check(CLASSES))
                .isInstanceOf(AssertionError.class);
    }
}
