package io.loremesh.registry.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.loremesh.events.EventCodec;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;

/** How resources are written into content columns: their proto3 JSON form, as in events. */
public final class ProtoJson {
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
    private static final JsonFormat.Parser STRICT = JsonFormat.parser();

    private ProtoJson() {}

    public static String write(Message resource) {
        return new String(EventCodec.toJson(resource), UTF_8);
    }

    /**
     * Reads a request that came as JSON. Errors: INVALID (no JSON of this message, or a field that it does not have).
     */
    public static <B extends Message.Builder> B parse(String json, B builder) {
        try {
            STRICT.merge(json, builder);
            return builder;
        } catch (InvalidProtocolBufferException e) {
            throw new RegistryException(
                    Kind.INVALID,
                    "the body is no %s: %s",
                    builder.getDescriptorForType().getName(),
                    e.getMessage());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static <B extends Message.Builder> B read(String json, B builder) {
        try {
            PARSER.merge(json, builder);
            return builder;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "a content column holds no %s: %s"
                            .formatted(builder.getDescriptorForType().getName(), json),
                    e);
        }
    }
}
