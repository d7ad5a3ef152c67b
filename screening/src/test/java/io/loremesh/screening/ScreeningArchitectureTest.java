package io.loremesh.screening;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.loremesh.screening", importOptions = ImportOption.DoNotIncludeTests.class)
class ScreeningArchitectureTest {
    @ArchTest
    static final ArchRule FREE_OF_FRAMEWORKS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "java.net..")
            .because("registry and generator share this library, and no text may leave the machine to be screened");
}
