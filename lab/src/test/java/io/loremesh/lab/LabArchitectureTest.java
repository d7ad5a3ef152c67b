package io.loremesh.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.loremesh.lab", importOptions = ImportOption.DoNotIncludeTests.class)
class LabArchitectureTest {

    @ArchTest
    static final ArchRule freeOfFrameworks = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..")
            .because("its parts run in plain processes; keep framework code in the services");

    @ArchTest
    static final ArchRule libtorchInPreTrainingAlone = noClasses()
            .that()
            .resideOutsideOfPackage("..lab.pretrain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..")
            .because("the commands run where libtorch is not on the class path");

    @ArchTest
    static final ArchRule commandsKnowNothingOfTheTrainer = noClasses()
            .that()
            .resideOutsideOfPackages("..lab.pretrain..", "..lab.practice..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.loremesh.trainer..")
            .because("the commands run where the trainer is not on the class path; ask it by gRPC");

    @ArchTest
    static final ArchRule packagesDoNotLoop = slices().matching("io.loremesh.lab.(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages are steps of a journey; move the shared class into the earlier step");

    @ArchTest
    static final ArchRule worldKnowsNothingOfItsUsers = noClasses()
            .that()
            .resideInAPackage("..lab.world..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.loremesh.lab.curriculum..",
                    "io.loremesh.lab.suite..",
                    "io.loremesh.lab.vocabulary..",
                    "io.loremesh.lab.practice..")
            .because("the world is what the others draw from; pass what it needs as arguments");
}
