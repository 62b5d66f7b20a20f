package dev.parfocal.djl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.parfocal.djl");

    @Test
    void theRulesSawTheClasses() {
        assertThat(CLASSES.contain(ParfocalLoss.class)).isTrue();
    }

    @Test
    void theOtherEngineIsNotHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..")
                .check(CLASSES);
        assertThatNotThere("org.bytedeco.javacpp.Pointer");
        assertThatNotThere("dev.parfocal.training.run.Trainer");
    }

    @Test
    void onlyDjlsPublicInterfaceIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl.pytorch..")
                .check(CLASSES);
    }

    private static void assertThatNotThere(String name) {
        assertThat(ArchitectureTest.class.getResource("/" + name.replace('.', '/') + ".class"))
                .isNull();
    }
}
