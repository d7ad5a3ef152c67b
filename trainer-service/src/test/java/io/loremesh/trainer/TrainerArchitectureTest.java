package io.loremesh.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class TrainerArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.loremesh.trainer");

    @Test
    void numericPackagesAreFreeOfFrameworks() {
        noClasses()
                .that()
                .resideInAnyPackage("..decoder..", "..lora..", "..objective..", "..dataset..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "io.grpc..")
                .because("a training run is a plain process: move what needs the framework to ..run.. or ..publish..")
                .check(classes);
    }

    @Test
    void theProductKnowsNothingOfTheLab() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.loremesh.lab..")
                .because("a jar brings along what tries the product out: give the port (Practice) what it needs")
                .check(classes);
    }

    @Test
    void packagesAreSteps() {
        slices().matching("io.loremesh.trainer.(**)")
                .should()
                .beFreeOfCycles()
                .because("packages are steps of a journey; move the shared class into the earlier step")
                .check(classes);
    }

    @Test
    void theDecoderKnowsNothingOfTraining() {
        noClasses()
                .that()
                .resideInAPackage("..decoder..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..lora..", "..objective..", "..dataset..")
                .because("the decoder is what they all build on: hand what it needs in by its Projections")
                .check(classes);
    }

    @Test
    void nobodyKeepsALibtorchAlias() {
        noClasses()
                .should()
                .callMethod(org.bytedeco.pytorch.Tensor.class, "grad")
                .because("grad() is a non-owning alias that dies with the next collection: use Gradients.of")
                .check(classes);
    }
}
