package io.loremesh.events;

/**
 * Kafka topics. The key of each message is the name of the resource it is about, so a resource's events keep their
 * order.
 */
public final class Topics {
    public static final String KNOWLEDGE = "loremesh.knowledge.v1";
    public static final String VERSIONS = "loremesh.versions.v1";
    public static final String RUNS = "loremesh.runs.v1";
    public static final String ANSWERS = "loremesh.answers.v1";

    private Topics() {}

    /** Where a message goes that cannot be read or applied, its reason in the headers. */
    public static String deadLetter(String topic) {
        return topic + ".dlt";
    }
}
