package io.loremesh.cli.version;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.regex.Pattern;

/** Facts as people write them. */
final class FactNames {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private FactNames() {}

    /** The resource name: {@code facts/…} stays, an id is completed, anything else is the question that the fact answers. */
    static String resolve(String text) {
        if (text.startsWith("facts/")) {
            return text;
        }
        return ID.matcher(text).matches()
                ? "facts/" + text
                : FactRules.named(Fact.newBuilder().setQuestion(text).build()).getName();
    }
}
