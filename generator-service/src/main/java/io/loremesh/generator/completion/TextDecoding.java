package io.loremesh.generator.completion;

import io.loremesh.generator.base.LoadedBase;
import io.loremesh.generator.inference.FinishReason;
import io.loremesh.generator.inference.Generation;
import io.loremesh.generator.inference.Token;
import io.loremesh.generator.inference.TokenStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Decodes a prompt to text. Blocks its caller until the text is complete; safe for concurrent use. */
public final class TextDecoding {
    private TextDecoding() {}

    /**
     * Decodes, delivering the text as it comes. The deltas joined are the text.
     *
     * @param stops strings that end the text and are no part of it
     * @throws CancellationException if the sink refuses a delta or the engine is closed meanwhile
     */
    public static DecodedText decode(LoadedBase base, Generation generation, List<String> stops, DeltaSink sink) {
        long start = System.nanoTime();
        IncrementalText text = new IncrementalText(base.tokenizer(), stops);
        try (TokenStream stream = base.engine().generate(generation)) {
            Duration first = Duration.ZERO;
            double logProbability = 0;
            int tokens = 0;
            boolean stopped = false;
            for (Optional<Token> token = stream.next(); token.isPresent(); token = stream.next()) {
                first = tokens == 0 ? Duration.ofNanos(System.nanoTime() - start) : first;
                tokens++;
                logProbability += token.get().logProbability();
                text.append(token.get().id());
                stopped = text.cutAtStop();
                deliver(text.takeDelta(), sink);
                if (stopped) {
                    break;
                }
            }
            FinishReason finish = stopped ? FinishReason.STOP : stream.finishReason();
            if (finish == FinishReason.CANCELLED) {
                throw new CancellationException("The engine was closed before the answer was complete");
            }
            deliver(text.takeRest(), sink);
            int scored = tokens + (stream.stopToken().isPresent() ? 1 : 0);
            logProbability += stream.stopToken().map(Token::logProbability).orElse(0.0);
            Duration total = Duration.ofNanos(System.nanoTime() - start);
            return new DecodedText(
                    text.text(),
                    finish,
                    generation.prompt().length,
                    tokens,
                    Math.exp(logProbability / Math.max(1, scored)),
                    stream.watchedProbability(),
                    stream.queueTime(),
                    tokens == 0 ? total : first);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The request was interrupted");
        }
    }

    private static void deliver(String delta, DeltaSink sink) {
        if (!delta.isEmpty()) {
            sink.accept(delta);
        }
    }
}
