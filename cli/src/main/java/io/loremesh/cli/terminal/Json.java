package io.loremesh.cli.terminal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --json FILE} writes. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private Json() {}

    /** Writes a record; absent components are left out. No file, no effect. */
    public static void write(Path file, Object value) {
        try {
            write(file, MAPPER.writeValueAsString(value));
        } catch (IOException e) {
            throw new Failure("cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Writes a resource in its proto3 JSON form. No file, no effect. */
    public static void write(Path file, MessageOrBuilder message) {
        try {
            write(file, JsonFormat.printer().print(message));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no JSON form: " + message, e);
        }
    }

    /** As above, with the fields too that say no or nothing: in a proof their absence would be read as silence. */
    public static void writeWhole(Path file, MessageOrBuilder message) {
        try {
            write(file, JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(message));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no JSON form: " + message, e);
        }
    }

    private static void write(Path file, String json) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, json + System.lineSeparator());
        } catch (IOException e) {
            throw new Failure("cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
