package dev.parfocal.training;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
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

    /** Ways to a tensor's memory: pointers and their views, the address of its numbers, tensors made over foreign memory. */
    private static final ArchRule ONE_DOOR_TO_MEMORY = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.parfocal.training.engine.OnHost")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.bytedeco\\.javacpp\\.(\\w*Pointer|indexer\\..*)")
            .orShould()
            .callMethodWhere(target(owner(resideInAPackage("org.bytedeco..")))
                    .and(target(nameMatching("\\w*data_ptr\\w*|from_blob|create(Buffer|Indexer)|as(Byte)?Buffer"))));

    @Test
    void onlyOneClassReachesTheMemoryOfTensors() {
        ONE_DOOR_TO_MEMORY.check(CLASSES);
    }

    /** A way past the door, which the rule must find. */
    private static final class Smuggler {
        Object buffer(org.bytedeco.pytorch.Tensor tensor) {
            return tensor.createBuffer();
        }
    }

    @Test
    void aWayPastThatClassIsFound() {
        JavaClasses smuggler = new ClassFileImporter().importClasses(Smuggler.class);
        assertThat(ONE_DOOR_TO_MEMORY.evaluate(smuggler).hasViolation()).isTrue();
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
