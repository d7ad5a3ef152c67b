package io.loremesh.fuzz;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

/**
 * One method of the mesh, called with bytes instead of messages.
 *
 * @param service its package's service, for instance {@code registry}
 */
record Rpc(String service, MethodDescriptor descriptor, io.grpc.MethodDescriptor<byte[], byte[]> call) {
    private static final Marshaller<byte[]> BYTES = new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** Every method of every service in the contracts. */
    static List<Rpc> all() {
        return new ClassFileImporter()
                .importPackages("io.loremesh.proto").stream()
                        .filter(type -> type.getSimpleName().endsWith("Grpc")
                                && !type.getSimpleName().startsWith("Mutiny")
                                && type.tryGetMethod("getServiceDescriptor").isPresent())
                        .map(Rpc::descriptorOf)
                        .flatMap(service -> ((ProtoFileDescriptorSupplier) service.getSchemaDescriptor())
                                        .getFileDescriptor()
                                        .findServiceByName(service.getName()
                                                .substring(service.getName().lastIndexOf('.') + 1))
                                        .getMethods()
                                        .stream())
                        .map(Rpc::of)
                        .sorted(Comparator.comparing(Rpc::name))
                        .toList();
    }

    private static ServiceDescriptor descriptorOf(JavaClass type) {
        try {
            return (ServiceDescriptor)
                    type.reflect().getMethod("getServiceDescriptor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " has no descriptor", e);
        }
    }

    private static Rpc of(MethodDescriptor method) {
        String service = method.getService().getFullName();
        MethodType type = method.isClientStreaming()
                ? method.isServerStreaming() ? MethodType.BIDI_STREAMING : MethodType.CLIENT_STREAMING
                : method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
        var call = io.grpc.MethodDescriptor.newBuilder(BYTES, BYTES)
                .setType(type)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(service, method.getName()))
                .build();
        return new Rpc(service.split("\\.")[1], method, call);
    }

    /** For instance {@code registry.GetVersion}. */
    String name() {
        return service + "." + descriptor.getName();
    }
}
