package io.slipway.sql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.slipway.sql");

    @Test
    void onlyTheAdapterKnowsTheParser() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.slipway.sql.parse")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.pgcodekeeper..", "org.antlr..")
                .check(CLASSES);
    }

    @Test
    void theSyntaxTreeKnowsNobodyButPlaces() {
        noClasses()
                .that()
                .resideInAPackage("io.slipway.sql.ast")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.slipway.sql.ast", "io.slipway.sql.source", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void theLibraryDoesNoInputAndOutput() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io", "java.nio..", "java.net..", "java.sql..", "io.quarkus..", "jakarta..")
                .check(CLASSES);
    }
}
