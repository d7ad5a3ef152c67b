package io.loremesh.retriever.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.loremesh.model.answer.PlainText;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * bge-small-zh-v1.5 on ONNX Runtime: the vector is the last hidden state at [CLS], scaled to unit length, as the
 * model's card asks. Runs on the calling thread, which must be a platform thread of a bounded executor. Safe for
 * concurrent use; close it once no call runs, since closing under a running call crashes the JVM.
 */
public final class OnnxTextEncoder implements TextEncoder, AutoCloseable {
    private static final int DIMENSIONS = 512;
    /**
     * A passage has at most 200 characters, about as many tokens; a longer question is cut. The model itself reads 512.
     */
    private static final int MAX_TOKENS = 256;
    /** A token of the vocabulary has at most 18 characters, and a word of more than 100 is one token. */
    private static final int MAX_CHARACTERS = 101 * MAX_TOKENS;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final HuggingFaceTokenizer tokenizer;
    private final OrtSession session;
    private final String digest;

    private OnnxTextEncoder(EncoderFiles files, int threads) throws IOException, OrtException {
        digest = files.digest();
        tokenizer = HuggingFaceTokenizer.builder()
                .optTokenizerPath(files.tokenizer())
                .optTruncation(true)
                .optMaxLength(MAX_TOKENS)
                .optPadding(false)
                .build();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            // The arena keeps the peak of the longest text for good; these tensors are small enough for malloc.
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            session = environment.createSession(files.model().toString(), options);
        }
    }

    /**
     * Opens the encoder that ships with the service.
     *
     * @param directory where its files are unpacked
     * @param threads CPU threads of one encoding
     */
    public static OnnxTextEncoder open(Path directory, int threads) throws IOException {
        try {
            return new OnnxTextEncoder(EncoderFiles.unpack(directory), threads);
        } catch (OrtException e) {
            throw new IOException(
                    "the encoder in %s does not open in ONNX Runtime: %s; delete the directory to have it "
                                    .formatted(directory, e.getMessage())
                            + "unpacked anew",
                    e);
        }
    }

    @Override
    public float[] encode(String text) {
        // The vocabulary is lower case while tokenizer.json does not lower: "JIM" would become [UNK].
        Encoding tokens = tokenizer.encode(beginning(PlainText.of(text)).toLowerCase(Locale.ROOT));
        try (OnnxTensor ids = row(tokens.getIds());
                OnnxTensor mask = row(tokens.getAttentionMask());
                OnnxTensor types = row(tokens.getTypeIds());
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            FloatBuffer hidden = ((OnnxTensor) result.get(0)).getFloatBuffer(); // [1, tokens, 512], [CLS] first
            float[] vector = new float[DIMENSIONS];
            hidden.get(vector);
            return unit(vector);
        } catch (OrtException e) {
            throw new EncodingException(
                    "ONNX Runtime could not encode a text of %d characters: %s"
                            .formatted(text.length(), e.getMessage()),
                    e);
        }
    }

    /** What the model reads at most, so that a megabyte is not tokenized to be cut; never half of a surrogate pair. */
    private static String beginning(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1)) ? MAX_CHARACTERS - 1 : MAX_CHARACTERS;
        return text.substring(0, end);
    }

    private OnnxTensor row(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, new long[][] {values});
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public void close() throws IOException {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IOException("the encoder did not close: " + e.getMessage(), e);
        }
        tokenizer.close();
    }
}
