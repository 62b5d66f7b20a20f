package dev.parfocal.training;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parfocal.training");

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
                .layer("engine")
                .definedBy("..training.engine..")
                .layer("model")
                .definedBy("..training.model..")
                .layer("criterion")
                .definedBy("..training.criterion..")
                .layer("optim")
                .definedBy("..training.optim..")
                .layer("run")
                .definedBy("..training.run..")
                .whereLayer("run")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("criterion")
                .mayOnlyBeAccessedByLayers("run")
                .whereLayer("optim")
                .mayOnlyBeAccessedByLayers("run")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("run", "criterion")
                .check(CLASSES);
    }
}
