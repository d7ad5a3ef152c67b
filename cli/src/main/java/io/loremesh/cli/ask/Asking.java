package io.loremesh.cli.ask;

import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.generator.v1.GenerateAnswerResponse;
import io.loremesh.proto.generator.v1.GeneratorServiceGrpc.GeneratorServiceBlockingStub;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * A question and its whole answer.
 *
 * @param answer the last message of the stream
 * @param latency from the request to that message, as the asker sees it
 */
public record Asking(Answer answer, Duration latency) {
    /** Asks and waits for the end of the answer. @param onDelta gets each piece of text as it comes */
    public static Asking ask(
            GeneratorServiceBlockingStub generator, GenerateAnswerRequest request, Consumer<String> onDelta) {
        long begin = System.nanoTime();
        Iterator<GenerateAnswerResponse> responses = generator.generateAnswer(request);
        Answer answer = Answer.getDefaultInstance();
        while (responses.hasNext()) {
            GenerateAnswerResponse response = responses.next();
            switch (response.getPartCase()) {
                case DELTA -> onDelta.accept(response.getDelta());
                case ANSWER -> answer = response.getAnswer();
                case PART_NOT_SET -> {
                    // A part that a newer generator sends.
                }
            }
        }
        return new Asking(answer, Duration.ofNanos(System.nanoTime() - begin));
    }

    public double latencyMs() {
        return latency.toNanos() / 1e6;
    }
}
