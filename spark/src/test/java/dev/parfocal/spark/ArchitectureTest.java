package dev.parfocal.spark;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parfocal.tune.run.ChildProcess;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parfocal.spark");

    @Test
    void knowsTheStudyOnlyByItsTrials() {
        assertThat(CLASSES).isNotEmpty();
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.parfocal.spark",
                        "dev.parfocal.tune.run",
                        "dev.parfocal.core",
                        "java..",
                        "scala..",
                        "org.apache.spark..",
                        "org.jspecify.."))
                .check(CLASSES);
    }

    /** There Spark's own libraries stand before Parfocal's. */
    @Test
    void whatRunsOnExecutorsNeedsNoLibrary() {
        noClasses()
                .that(belongToAnyOf(
                        TrialTask.class, ExecutorSide.class, Shared.class, Assignment.class, Ending.class, Word.class))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.parfocal..")
                        .and(not(resideInAPackage("dev.parfocal.spark")))
                        .and(not(belongToAnyOf(ChildProcess.class))))
                .check(CLASSES);
    }
}
