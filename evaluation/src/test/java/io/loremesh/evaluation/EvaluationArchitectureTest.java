package io.loremesh.evaluation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.loremesh.evaluation", importOptions = ImportOption.DoNotIncludeTests.class)
class EvaluationArchitectureTest {

    @ArchTest
    static final ArchRule freeOfFrameworks = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "org.bytedeco..")
            .because("pre-training, demo and evaluation all use this module; keep framework code in the services");

    @ArchTest
    static final ArchRule worldKnowsNothingOfItsUsers = noClasses()
            .that()
            .resideInAPackage("..evaluation.world..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..curriculum..", "..suite..", "..vocabulary..")
            .because("the world is what the others draw from; pass what it needs as arguments");
}
