package io.loremesh.registry;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.quarkus.grpc.GrpcService;

@AnalyzeClasses(packages = "io.loremesh.registry", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {
    @ArchTest
    static final ArchRule stepsFormNoCycle = slices().matching("io.loremesh.registry.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a step is read without the ones after it; move what two of them share to the earlier one");

    @ArchTest
    static final ArchRule nativeQueriesHaveOnePlan = noClasses()
            .should()
            .callMethodWhere(
                    target(name("createNativeQuery")).and(target(rawParameterTypes(String.class, Class.class))))
            .because("Hibernate keeps another plan each time such a query is asked, and looks through all of them;"
                    + " write session.<T>createNativeQuery(sql)");

    @ArchTest
    static final ArchRule everyContractRefusesWhatIsNotProtobuf = classes()
            .that()
            .areAnnotatedWith(GrpcService.class)
            .should()
            .callMethod(MalformedMessages.class, "refuse", ServerServiceDefinition.class)
            .because("gRPC reports a message that it cannot parse as its own fault; override bindService()");
}
