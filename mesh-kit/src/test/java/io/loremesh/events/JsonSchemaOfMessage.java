package io.loremesh.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The JSON Schema (2020-12) of a message's proto3 JSON form. Unknown fields are allowed: a producer may be newer. */
final class JsonSchemaOfMessage {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** What a form alone does not tell. */
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "loremesh.knowledge.v1.Fact.valid_from",
            "Before this moment the event waits: what was held before is answered until then.",
            "loremesh.knowledge.v1.Fact.valid_to",
            "From this moment on the fact is not answered; what it replaced does not come back.",
            "loremesh.knowledge.v1.Fact.supersedes",
            "Name of a fact that is withdrawn as of this event's time, also where it is not known yet.",
            "loremesh.knowledge.v1.FactRetraction.name",
            "Held also where the fact is not known: what was recorded before and comes later is ignored.",
            "loremesh.knowledge.v1.DocumentRetraction.name",
            "Held also where the document is not known: what was recorded before and comes later is ignored.");

    private final Set<String> pending = new TreeSet<>();
    private final ObjectNode definitions = JSON.objectNode();

    static ObjectNode of(EventType type) {
        return new JsonSchemaOfMessage().schema(type);
    }

    private ObjectNode schema(EventType type) {
        Descriptor payload = type.newPayload().getDescriptorForType();
        ObjectNode schema = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:loremesh:schema:" + type.type())
                .put("title", type.type())
                .put(
                        "description",
                        ("Value of a message on topic %s: the proto3 JSON form of %s. An event of an older `time` than"
                                        + " what is held, or a repeated one, changes nothing; docs/events.md tells"
                                        + " the whole rule.")
                                .formatted(type.topic(), payload.getFullName()));
        schema.setAll(object(payload));
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
        return schema;
    }

    private ObjectNode object(Descriptor message) {
        ObjectNode properties = JSON.objectNode();
        message.getFields().forEach(field -> properties.set(field.getJsonName(), described(field)));
        ObjectNode object = JSON.objectNode().put("type", "object");
        object.set("properties", properties);
        return object;
    }

    private ObjectNode described(FieldDescriptor field) {
        ObjectNode schema = field(field);
        String words = DESCRIPTIONS.get(field.getFullName());
        return words == null ? schema : schema.put("description", words);
    }

    private ObjectNode field(FieldDescriptor field) {
        if (field.isMapField()) {
            ObjectNode map = JSON.objectNode().put("type", "object");
            map.set("additionalProperties", value(field.getMessageType().findFieldByName("value")));
            return map;
        }
        if (field.isRepeated()) {
            ObjectNode array = JSON.objectNode().put("type", "array");
            array.set("items", value(field));
            return array;
        }
        return value(field);
    }

    private ObjectNode value(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> type("string");
            case BOOLEAN -> type("boolean");
            case INT -> type("integer");
            case FLOAT, DOUBLE -> type("number");
            case BYTE_STRING -> type("string").put("contentEncoding", "base64");
            // The proto3 JSON form writes 64-bit integers as strings and reads both.
            case LONG -> {
                ObjectNode integer = JSON.objectNode();
                integer.putArray("type").add("string").add("integer");
                yield integer;
            }
            case ENUM -> {
                ObjectNode names = type("string");
                var values = names.putArray("enum");
                field.getEnumType().getValues().stream()
                        .map(EnumValueDescriptor::getName)
                        .forEach(values::add);
                yield names;
            }
            case MESSAGE -> message(field.getMessageType());
        };
    }

    private ObjectNode message(Descriptor message) {
        return switch (message.getFullName()) {
            case "google.protobuf.Timestamp" -> type("string").put("format", "date-time");
            case "google.protobuf.Duration" -> type("string").put("pattern", "^-?[0-9]+(\\.[0-9]+)?s$");
            default -> {
                if (pending.add(message.getFullName())) {
                    definitions.set(message.getFullName(), object(message));
                }
                yield JSON.objectNode().put("$ref", "#/$defs/" + message.getFullName());
            }
        };
    }

    private static ObjectNode type(String name) {
        return JSON.objectNode().put("type", name);
    }
}
