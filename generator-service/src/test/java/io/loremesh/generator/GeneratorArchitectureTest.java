package io.loremesh.generator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.loremesh.generator", importOptions = ImportOption.DoNotIncludeTests.class)
class GeneratorArchitectureTest {
    @ArchTest
    static final ArchRule INFERENCE_IS_FREE_OF_FRAMEWORKS = noClasses()
            .that()
            .resideInAPackage("..inference..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "io.grpc..", "io.loremesh.proto..")
            .because("the engine is numeric code that tests and tools run alone; put what needs a framework in base");

    @ArchTest
    static final ArchRule ONLY_INFERENCE_ENTERS_NATIVE_CODE = noClasses()
            .that()
            .resideOutsideOfPackage("..inference..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..")
            .because("native calls belong to the inference thread; ask the InferenceEngine instead");

    @ArchTest
    static final ArchRule STEPS_DO_NOT_LOOP = slices().matching("io.loremesh.generator.(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages are steps of a journey; move the shared class into the earlier step");
}
