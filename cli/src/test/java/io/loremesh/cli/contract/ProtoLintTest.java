package io.loremesh.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.loremesh.proto.generator.v1.GeneratorServiceOuterClass;
import io.loremesh.proto.registry.v1.AliasServiceOuterClass;
import io.loremesh.proto.registry.v1.ApprovalServiceOuterClass;
import io.loremesh.proto.registry.v1.ArtifactServiceOuterClass;
import io.loremesh.proto.registry.v1.AuditServiceOuterClass;
import io.loremesh.proto.registry.v1.BaseModelServiceOuterClass;
import io.loremesh.proto.registry.v1.BlameServiceOuterClass;
import io.loremesh.proto.registry.v1.DiffServiceOuterClass;
import io.loremesh.proto.registry.v1.DriftServiceOuterClass;
import io.loremesh.proto.registry.v1.ErasureServiceOuterClass;
import io.loremesh.proto.registry.v1.EvaluationServiceOuterClass;
import io.loremesh.proto.registry.v1.FactServiceOuterClass;
import io.loremesh.proto.registry.v1.LineageServiceOuterClass;
import io.loremesh.proto.registry.v1.PolicyServiceOuterClass;
import io.loremesh.proto.registry.v1.ScreeningServiceOuterClass;
import io.loremesh.proto.registry.v1.TrialServiceOuterClass;
import io.loremesh.proto.registry.v1.VersionServiceOuterClass;
import io.loremesh.proto.retriever.v1.RetrieverServiceOuterClass;
import io.loremesh.proto.trainer.v1.TrainerServiceOuterClass;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lint of the protos: the rules of buf's STANDARD category and of the AIPs that a descriptor can show. */
class ProtoLintTest {
    static Set<FileDescriptor> files() {
        var files = new LinkedHashSet<FileDescriptor>();
        Stream.of(
                        RetrieverServiceOuterClass.getDescriptor(),
                        GeneratorServiceOuterClass.getDescriptor(),
                        TrainerServiceOuterClass.getDescriptor(),
                        AliasServiceOuterClass.getDescriptor(),
                        ApprovalServiceOuterClass.getDescriptor(),
                        ArtifactServiceOuterClass.getDescriptor(),
                        AuditServiceOuterClass.getDescriptor(),
                        BaseModelServiceOuterClass.getDescriptor(),
                        BlameServiceOuterClass.getDescriptor(),
                        DiffServiceOuterClass.getDescriptor(),
                        DriftServiceOuterClass.getDescriptor(),
                        ErasureServiceOuterClass.getDescriptor(),
                        EvaluationServiceOuterClass.getDescriptor(),
                        FactServiceOuterClass.getDescriptor(),
                        LineageServiceOuterClass.getDescriptor(),
                        PolicyServiceOuterClass.getDescriptor(),
                        ScreeningServiceOuterClass.getDescriptor(),
                        TrialServiceOuterClass.getDescriptor(),
                        VersionServiceOuterClass.getDescriptor())
                .forEach(file -> collect(file, files));
        return files;
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
        if (file.getPackage().startsWith("loremesh.") && files.add(file)) {
            file.getDependencies().forEach(imported -> collect(imported, files));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileLiesInTheDirectoryOfItsVersionedPackage(FileDescriptor file) {
        assertThat(file.getPackage()).matches("loremesh\\.[a-z]+\\.v[1-9]\\d*");
        assertThat(file.getName()).matches(file.getPackage().replace('.', '/') + "/[a-z]+(_[a-z]+)*\\.proto");
        assertThat(file.getOptions().getJavaPackage())
                .isEqualTo(file.getPackage().replace("loremesh.", "io.loremesh.proto."));
        assertThat(file.getOptions().getJavaMultipleFiles()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("files")
    void anEnumBeginsUnspecifiedAndItsValuesBearItsName(FileDescriptor file) {
        Stream.concat(
                        file.getEnumTypes().stream(),
                        file.getMessageTypes().stream().flatMap(message -> message.getEnumTypes().stream()))
                .forEach(ProtoLintTest::lint);
    }

    private static void lint(EnumDescriptor type) {
        String prefix = type.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT) + "_";
        assertThat(type.getValues())
                .extracting(EnumValueDescriptor::getName)
                .allMatch(name -> name.startsWith(prefix), "starts with " + prefix)
                .first()
                .isEqualTo(prefix + "UNSPECIFIED");
        assertThat(type.findValueByNumber(0)).isEqualTo(type.getValues().getFirst());
    }

    @ParameterizedTest
    @MethodSource("files")
    void messagesAndFieldsAreNamedAsTheStyleGuideSays(FileDescriptor file) {
        file.getMessageTypes().forEach(ProtoLintTest::lint);
    }

    private static void lint(Descriptor message) {
        assertThat(message.getName()).matches("[A-Z][A-Za-z0-9]*");
        assertThat(message.getFields())
                .extracting(FieldDescriptor::getName)
                .allMatch(name -> name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"), "is lower snake case");
        message.getNestedTypes().stream()
                .filter(nested -> !nested.getOptions().getMapEntry())
                .forEach(ProtoLintTest::lint);
    }

    @ParameterizedTest
    @MethodSource("files")
    void anRpcTakesTheRequestOfItsNameAndReturnsItsResponseOrAResource(FileDescriptor file) {
        assertThat(file.getServices()).as("a file holds one service").hasSizeLessThanOrEqualTo(1);
        for (ServiceDescriptor service : file.getServices()) {
            assertThat(service.getName()).endsWith("Service");
            for (MethodDescriptor method : service.getMethods()) {
                assertThat(method.getName()).matches("[A-Z][A-Za-z]*");
                assertThat(method.getInputType().getName()).isEqualTo(method.getName() + "Request");
                // AIP-131, 133: a standard method returns the resource itself.
                String returned = method.getOutputType().getName();
                assertThat(returned.equals(method.getName() + "Response") || !returned.endsWith("Response"))
                        .as("%s returns %s", method.getFullName(), returned)
                        .isTrue();
            }
        }
    }
}
