package dev.parfocal.detection;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
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

/**
 * Dependencies point one way: {box, lint, file}, {image, data}, coco, {format, truth}, {audit, augment, synth, draw, assign, metric, sampling,
 * fold}, {match, prior, calibration, outcome}; and
 * there is no engine.
 */
class ArchitectureTest {

    private static final String DETECTION = "dev.parfocal.detection.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parfocal.detection");

    private record Layer(String name, List<String> below) {}

    static Stream<Layer> layers() {
        return Stream.of(
                new Layer("box", List.of()),
                new Layer("lint", List.of()),
                new Layer("file", List.of()),
                new Layer("image", List.of("box")),
                new Layer("data", List.of("box")),
                new Layer("coco", List.of("box", "data", "file")),
                new Layer("format", List.of("box", "image", "lint", "data", "file", "coco")),
                new Layer("audit", List.of("box", "image", "data")),
                new Layer("augment", List.of("box", "image", "data")),
                new Layer("synth", List.of("box", "image", "data", "coco")),
                new Layer("draw", List.of("box", "image", "data")),
                new Layer("assign", List.of("box", "data")),
                new Layer("match", List.of("box", "data", "assign")),
                new Layer("prior", List.of("assign", "metric")),
                new Layer("truth", List.of("box", "data", "coco")),
                new Layer("sampling", List.of("data")),
                new Layer("metric", List.of("box", "data", "coco", "truth")),
                new Layer("outcome", List.of("box", "data", "truth", "metric")),
                new Layer("calibration", List.of("truth", "metric")),
                new Layer("fold", List.of("data")));
    }

    private static ArchRule readsOnly(Layer layer) {
        String[] allowed = Stream.concat(Stream.of(layer.name()), layer.below().stream())
                .map(name -> DETECTION + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(DETECTION + layer.name() + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(DETECTION + "*..").and(resideOutsideOfPackages(allowed)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void readsOnlyWhatIsBelow(Layer layer) {
        readsOnly(layer).check(CLASSES);
    }

    @Test
    void knowsNoEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "ai.djl..", "dev.parfocal.training..", "dev.parfocal.djl..")
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlace() {
        List<String> known = layers().map(layer -> DETECTION + layer.name()).toList();
        assertThat(CLASSES).hasSizeGreaterThan(100);
        assertThat(CLASSES)
                .extracting(found -> found.getPackageName())
                .allMatch(name -> known.stream().anyMatch(name::startsWith) || name.equals("dev.parfocal.detection"));
        assertThat(known).allMatch(CLASSES::containPackage);
    }

    @Test
    void aDependencyThatIsNotAllowedIsCaught() {
        assertThatThrownBy(() -> readsOnly(new Layer("data", List.of("image"))).check(CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("dev.parfocal.detection.box.Box");
    }
}
