package dev.parfocal.studio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: answer, then the server; and there is no engine. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parfocal.studio");

    @Test
    void answersKnowNothingOfTheServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.parfocal.studio.answer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.parfocal.studio")
                .check(CLASSES);
    }

    @Test
    void knowsNoEngine() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.parfocal.studio..",
                        "dev.parfocal.core..",
                        "dev.parfocal.detection.file..",
                        "java..",
                        "com.sun.net.httpserver..",
                        "tools.jackson..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void sawClasses() {
        assertThat(CLASSES.size()).isGreaterThan(20);
    }
}
