package io.loremesh.events;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether every store of the mesh can hold a text: PostgreSQL's text has no U+0000, and UTF-8 has no unpaired surrogate
 * (what JSON can write as an escape). One rule for events, requests and files, so that no store is the first to find it
 * out.
 */
public final class StorableText {
    private StorableText() {}

    /** What is wrong with a text, in words that go on "it holds …"; empty where nothing is. */
    public static Optional<String> problem(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return Optional.of("the character U+0000 at position %d: is it text, in UTF-8?".formatted(i));
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return Optional.of("half of a surrogate pair, U+%04X, at position %d".formatted((int) c, i));
                }
                i++;
            }
        }
        return Optional.empty();
    }

    /**
     * What is wrong with the first text of a message that no store can hold, with the path of its field; empty where
     * all can.
     */
    public static Optional<String> problem(MessageOrBuilder message) {
        return problem("", message);
    }

    private static Optional<String> problem(String path, MessageOrBuilder message) {
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.getJavaType() != JavaType.STRING && field.getJavaType() != JavaType.MESSAGE) {
                continue;
            }
            List<?> values = field.isRepeated() ? (List<?>) entry.getValue() : List.of(entry.getValue());
            for (Object value : values) {
                Optional<String> problem = value instanceof Message inner
                        ? problem(path + field.getName() + ".", inner)
                        : problem((String) value).map(text -> "`" + path + field.getName() + "` holds " + text);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }
}
