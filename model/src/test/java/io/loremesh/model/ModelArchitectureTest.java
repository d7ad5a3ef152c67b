package io.loremesh.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.loremesh.model")
class ModelArchitectureTest {
    @ArchTest
    static final ArchRule FREE_OF_FRAMEWORKS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..", "jakarta..", "io.smallrye..", "io.grpc..", "ai.onnxruntime..", "org.bytedeco..")
            .because("trainer and generator share this library; move what needs a framework into "
                    + "the service that uses it");

    @ArchTest
    static final ArchRule STEPS_DO_NOT_LOOP = slices().matching("io.loremesh.model.(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages are steps of a journey; move the shared class into the earlier step");
}
