package io.loremesh.retriever.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.retriever.RealEncoder;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnnxTextEncoderTest {
    private final TextEncoder encoder = RealEncoder.get();

    @Test
    void vectorsHaveUnitLength() {
        float[] vector = encoder.encode("JIM今年10岁。");

        assertThat(vector).hasSize(encoder.dimensions());
        assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    }

    @Test
    void theAnswerIsNearerToItsQuestionThanAnythingElse() {
        float[] question = encoder.encode("JIM几岁了？");

        assertThat(dot(question, encoder.encode("JIM今年10岁。"))).isGreaterThan(0.8);
        assertThat(dot(question, encoder.encode("商店每天10点开门。"))).isLessThan(0.35);
    }

    @Test
    void capitalsMakeNoDifference() {
        assertThat(encoder.encode("JIM今年10岁。")).containsExactly(encoder.encode("jim今年10岁。"));
    }

    @Test
    void anOverLongTextIsReadAsFarAsItGoes() {
        assertThat(encoder.encode("很长的一句话，".repeat(500))).hasSize(encoder.dimensions());
    }

    @Test
    void theSameTextIsEncodedOnce() {
        var calls = new AtomicInteger();
        var cached = new CachedTextEncoder(new Counting(encoder, calls), 10);

        cached.encode("a");
        cached.encode("a");

        assertThat(calls).hasValue(1);
    }

    private record Counting(TextEncoder encoder, AtomicInteger calls) implements TextEncoder {
        @Override
        public float[] encode(String text) {
            calls.incrementAndGet();
            return encoder.encode(text);
        }

        @Override
        public int dimensions() {
            return encoder.dimensions();
        }

        @Override
        public String digest() {
            return encoder.digest();
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
