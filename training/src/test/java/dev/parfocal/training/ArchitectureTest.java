package dev.parfocal.training;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.parfocal.training.engine.Tensor;
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

    @Test
    void packagesBuildOnEachOtherInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("weights")
                .definedBy("..training.weights..")
                .whereLayer("weights")
                .mayNotAccessAnyLayer()
                .layer("engine")
                .definedBy("..training.engine..")
                .layer("box")
                .definedBy("..training.box..")
                .layer("block")
                .definedBy("..training.block..")
                .layer("backbone")
                .definedBy("..training.backbone..")
                .layer("neck")
                .definedBy("..training.neck..")
                .layer("head")
                .definedBy("..training.head..")
                .whereLayer("block")
                .mayOnlyBeAccessedByLayers("backbone", "neck", "head")
                .whereLayer("backbone")
                .mayOnlyBeAccessedByLayers("neck", "head")
                .layer("model")
                .definedBy("..training.model..")
                .layer("dense")
                .definedBy("..training.dense..")
                .whereLayer("dense")
                .mayOnlyBeAccessedByLayers("run", "config")
                .whereLayer("box")
                .mayOnlyAccessLayers("engine")
                .layer("criterion")
                .definedBy("..training.criterion..")
                .layer("task")
                .definedBy("..training.task..")
                .layer("curriculum")
                .definedBy("..training.curriculum..")
                .layer("record")
                .definedBy("..training.record..")
                .layer("optim")
                .definedBy("..training.optim..")
                .layer("config")
                .definedBy("..training.config..")
                .layer("run")
                .definedBy("..training.run..")
                .layer("diagnose")
                .definedBy("..training.diagnose..")
                .whereLayer("diagnose")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("diagnose")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("run", "diagnose")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("run", "config", "criterion", "diagnose")
                .whereLayer("record")
                .mayNotAccessAnyLayer()
                .layer("guard")
                .definedBy("..training.guard..")
                .whereLayer("guard")
                .mayOnlyBeAccessedByLayers("run", "config")
                .whereLayer("criterion")
                .mayOnlyBeAccessedByLayers("run", "config", "guard", "task", "curriculum", "diagnose")
                .whereLayer("task")
                .mayOnlyBeAccessedByLayers("run", "config")
                .whereLayer("curriculum")
                .mayOnlyBeAccessedByLayers("run", "config")
                .whereLayer("optim")
                .mayOnlyBeAccessedByLayers("run", "config")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("run", "config", "criterion", "task", "guard", "dense")
                .check(CLASSES);
    }
}
