package io.loremesh.trainer.run;

import io.loremesh.events.EventCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What a version was made of, in digests that a later reader can compare. */
final class Provenance {
    /** Keys of a version's training summary. */
    static final String DATASET = "dataset_digest";

    static final String CODE = "code_digest";
    private static final String UNPACKAGED = "unpackaged classes";

    private Provenance() {}

    /** SHA-256 over the JSON of each fact taught, then of each one replayed, a line each. */
    static String dataset(TrainingMaterial material) {
        MessageDigest hash = sha256();
        Stream.of(material.facts(), material.replayed()).flatMap(List::stream).forEach(fact -> {
            hash.update(EventCodec.toJson(fact));
            hash.update((byte) '\n');
        });
        return name(hash);
    }

    /** SHA-256 of the archive that this trainer's classes come from; says so where they come from a directory. */
    static String code() {
        CodeSource source = Provenance.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return UNPACKAGED;
        }
        // A class loader that reads nested archives says jar:file:…!/
        String place = source.getLocation().toString().replaceFirst("^jar:", "").replaceFirst("!/.*$", "");
        if (!place.startsWith("file:")) {
            return UNPACKAGED;
        }
        Path archive = Path.of(URI.create(place));
        if (!Files.isRegularFile(archive)) {
            return UNPACKAGED;
        }
        MessageDigest hash = sha256();
        try (InputStream bytes = Files.newInputStream(archive)) {
            hash.update(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read again".formatted(archive), e);
        }
        return name(hash);
    }

    private static String name(MessageDigest hash) {
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
