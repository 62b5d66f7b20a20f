package dev.parfocal.training;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.parfocal.training.engine.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = importOwn();

    private static JavaClasses importOwn() {
        // The engine's classes are large and of no interest beyond their names.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .importUrl(Tensor.class.getProtectionDomain().getCodeSource().getLocation());
    }

    @Test
    void onlyTheEnginePackageSeesTheRawApi() {
        assertThat(CLASSES.that(resideInAPackage("..training.engine.."))).hasSizeGreaterThan(5);
        assertThat(CLASSES.that(resideInAPackage("..training.run.."))).hasSizeGreaterThan(10);
        noClasses()
                .that()
                .resideOutsideOfPackage("..training.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    /** Every package builds on those before it alone. */
    private static final List<String> PACKAGES = List.of(
            "record",
            "weights",
            "engine",
            "box",
            "block",
            "backbone",
            "neck",
            "head",
            "model",
            "roi",
            "dense",
            "detr",
            "family",
            "classes",
            "criterion",
            "task",
            "curriculum",
            "optim",
            "guard",
            "config",
            "published",
            "run",
            "diagnose");

    @Test
    void packagesBuildOnEachOtherInOneDirection() {
        for (int i = 0; i < PACKAGES.size(); i++) {
            String own = "dev.parfocal.training." + PACKAGES.get(i) + "..";
            assertThat(CLASSES.that(resideInAPackage(own))).isNotEmpty();
            String[] above = PACKAGES.subList(i + 1, PACKAGES.size()).stream()
                    .map(each -> "dev.parfocal.training." + each + "..")
                    .toArray(String[]::new);
            if (above.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(own)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(above)
                        .check(CLASSES);
            }
        }
    }

    @Test
    void everyPackageHasItsPlace() {
        List<String> packages = CLASSES.stream()
                .map(each -> each.getPackageName())
                .filter(each -> each.startsWith("dev.parfocal.training."))
                .map(each -> each.substring("dev.parfocal.training.".length()).split("\\.")[0])
                .distinct()
                .toList();
        assertThat(PACKAGES).containsAll(packages);
    }
}
