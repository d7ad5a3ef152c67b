package io.loremesh.events;

import com.google.protobuf.Message;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.proto.trainer.v1.Run;
import java.util.Arrays;
import java.util.Optional;

/** Every kind of event: its CloudEvents type, its topic and the message that it carries. */
public enum EventType {
    FACT_RECORDED("io.loremesh.fact.recorded.v1", Topics.KNOWLEDGE, Fact.getDefaultInstance()),
    FACT_RETRACTED("io.loremesh.fact.retracted.v1", Topics.KNOWLEDGE, FactRetraction.getDefaultInstance()),
    DOCUMENT_RECORDED("io.loremesh.document.recorded.v1", Topics.KNOWLEDGE, Document.getDefaultInstance()),
    DOCUMENT_RETRACTED("io.loremesh.document.retracted.v1", Topics.KNOWLEDGE, DocumentRetraction.getDefaultInstance()),
    VERSION_REGISTERED("io.loremesh.version.registered.v1", Topics.VERSIONS, Version.getDefaultInstance()),
    VERSION_PROMOTED("io.loremesh.version.promoted.v1", Topics.VERSIONS, AliasMove.getDefaultInstance()),
    VERSION_REJECTED("io.loremesh.version.rejected.v1", Topics.VERSIONS, Version.getDefaultInstance()),
    VERSION_ROLLED_BACK("io.loremesh.version.rolledback.v1", Topics.VERSIONS, AliasMove.getDefaultInstance()),
    RUN_REQUESTED("io.loremesh.run.requested.v1", Topics.RUNS, CreateRunRequest.getDefaultInstance()),
    RUN_PROGRESSED("io.loremesh.run.progressed.v1", Topics.RUNS, Run.getDefaultInstance()),
    ANSWER_GIVEN("io.loremesh.answer.given.v1", Topics.ANSWERS, Answer.getDefaultInstance());

    private final String type;
    private final String topic;
    private final Message prototype;

    EventType(String type, String topic, Message prototype) {
        this.type = type;
        this.topic = topic;
        this.prototype = prototype;
    }

    /** The CloudEvents type attribute. */
    public String type() {
        return type;
    }

    public String topic() {
        return topic;
    }

    Message.Builder newPayload() {
        return prototype.newBuilderForType();
    }

    boolean carries(Message payload) {
        return prototype.getClass().isInstance(payload);
    }

    /** The kind with this CloudEvents type, or empty where no service knows it. */
    public static Optional<EventType> of(String type) {
        return Arrays.stream(values()).filter(t -> t.type.equals(type)).findFirst();
    }
}
