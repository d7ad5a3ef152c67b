package io.loremesh.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.loremesh.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class CliArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NOTHING_OF_THE_LAB = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.loremesh.lab..")
            .because("what tries the product out brings its commands along: give CommandProvider what it needs");

    @ArchTest
    static final ArchRule FREE_OF_FRAMEWORKS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..")
            .because("a command starts in half a second; keep framework code in the services");

    @ArchTest
    static final ArchRule STEPS_DO_NOT_LOOP = slices().matching("io.loremesh.cli.(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages are steps of a person's work; move the shared class into the earlier step");
}
