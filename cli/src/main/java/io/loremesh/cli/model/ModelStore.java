package io.loremesh.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.FileTree;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.GgufFile;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.conversion.GgufConversion;
import io.loremesh.model.prompt.PromptFormat;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The bases that were added on this machine, each a checkpoint directory named by its digest. A base is whole or not
 * there: it is made beside its place and moved there when it has been opened once.
 */
public final class ModelStore {
    private static final String ABOUT = "loremesh-model.json";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern PART = Pattern.compile(
            "(config|loremesh|tokenizer|tokenizer_config|generation_config)\\.json|chat_template\\.jinja"
                    + "|model\\.safetensors\\.index\\.json|[A-Za-z0-9._-]+\\.safetensors|LICENSE.*");
    private static final Pattern LICENSE = Pattern.compile("(?m)^license:\\s*(\\S+)\\s*$");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Sequences and tokens of the generator's cache by default (loremesh.inference.rows, .context). */
    private static final long CACHED_TOKENS = 8 * 1024;

    private final Path dir;

    public ModelStore(Path dir) {
        this.dir = dir;
    }

    /** The store of this repository's data directory. */
    public static ModelStore local() {
        return new ModelStore(Path.of(System.getProperty("loremesh.root", ""), ".mesh", "models")
                .toAbsolutePath());
    }

    /**
     * Takes a base in: a GGUF file is converted, a checkpoint directory is copied.
     *
     * @param progress told the share that is done, 0 to 1
     * @throws Failure if it cannot be served, or another base has the name; says which part of it is why
     */
    public StoredModel add(Path source, String name, DoubleConsumer progress) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new Failure(
                    "'%s' is no name for a model: use lower-case letters, digits, '.', '_' and '-'".formatted(name));
        }
        Files.createDirectories(dir);
        Path work = Files.createTempDirectory(dir, ".adding-");
        try {
            String license = Files.isDirectory(source) ? copy(source, work, progress) : convert(source, work, progress);
            StoredModel model = describe(work, source, name, license);
            Optional<StoredModel> named =
                    list().stream().filter(m -> m.name().equals(name)).findFirst();
            if (named.isPresent() && !named.get().digest().equals(model.digest())) {
                throw new Failure("%s is already the name of %s; add this one with another --name, or "
                                .formatted(name, named.get().digest())
                        + "`./mesh model remove %s` first".formatted(name));
            }
            JSON.writeValue(work.resolve(ABOUT).toFile(), model);
            put(work, place(model.digest()));
            return model;
        } catch (ModelFormatException unfit) {
            throw new Failure("%s cannot be served: %s".formatted(source, unfit.getMessage()), unfit);
        } finally {
            FileTree.delete(work);
        }
    }

    private static String convert(Path gguf, Path work, DoubleConsumer progress) throws IOException {
        if (!Files.isRegularFile(gguf)) {
            throw new Failure(
                    "%s is neither a checkpoint directory nor a GGUF file; give the path of one".formatted(gguf));
        }
        GgufConversion.convert(gguf, work, progress);
        try (GgufFile file = GgufFile.open(gguf)) {
            return file.metadata().has("general.license") ? file.metadata().text("general.license") : "unknown";
        }
    }

    private static String copy(Path source, Path work, DoubleConsumer progress) throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.list(source)) {
            parts = files.filter(Files::isRegularFile)
                    .filter(file -> PART.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
        for (int i = 0; i < parts.size(); i++) {
            Files.copy(parts.get(i), work.resolve(parts.get(i).getFileName().toString()));
            progress.accept((i + 1.0) / parts.size());
        }
        Path card = source.resolve("README.md");
        if (!Files.isRegularFile(card)) {
            return "unknown";
        }
        try (InputStream in = Files.newInputStream(card)) {
            var license = LICENSE.matcher(new String(in.readNBytes(1 << 16), StandardCharsets.UTF_8));
            return license.find() ? license.group(1) : "unknown";
        }
    }

    /** Opens what will be served, so that what cannot be is found now. */
    private static StoredModel describe(Path work, Path source, String name, String license) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(work)) {
            PromptFormat.of(TextTokenizer.open(work));
            ModelConfig config = checkpoint.config();
            long parameters = ParameterShapes.of(config).values().stream()
                    .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
                    .sum();
            long bytes;
            try (Stream<Path> files = Files.list(work)) {
                bytes = files.filter(file -> file.toString().endsWith(".safetensors"))
                        .mapToLong(file -> file.toFile().length())
                        .sum();
            }
            long cache = 2L * config.layers() * config.kvHeads() * config.headDim() * Float.BYTES * CACHED_TOKENS;
            return new StoredModel(
                    name,
                    checkpoint.digest(),
                    source.toAbsolutePath().normalize().toString(),
                    license,
                    config.architecture(),
                    parameters,
                    bytes,
                    parameters * Float.BYTES + cache,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    private static void put(Path work, Path place) throws IOException {
        if (Files.isDirectory(place)) {
            // The same weights under another name, or again: the newer description holds.
            Files.move(work.resolve(ABOUT), place.resolve(ABOUT), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path place(String digest) {
        return dir.resolve(digest.replace(':', '-'));
    }

    /** All bases, by name. */
    public List<StoredModel> list() throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        List<StoredModel> models = new ArrayList<>();
        try (Stream<Path> entries = Files.list(dir)) {
            for (Path entry :
                    entries.filter(e -> Files.isRegularFile(e.resolve(ABOUT))).toList()) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    models.add(JSON.readValue(entry.resolve(ABOUT).toFile(), StoredModel.class));
                }
            }
        }
        models.sort(Comparator.comparing(StoredModel::name));
        return models;
    }

    /** @throws Failure if no base has that name */
    public StoredModel get(String name) throws IOException {
        List<StoredModel> all = list();
        return all.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Failure("there is no model %s%s; `./mesh model add SOURCE --name %s` adds one"
                        .formatted(
                                name,
                                all.isEmpty()
                                        ? ""
                                        : " (there are "
                                                + String.join(
                                                        ", ",
                                                        all.stream()
                                                                .map(StoredModel::name)
                                                                .toList())
                                                + ")",
                                name)));
    }

    /** The checkpoint directory of a base. */
    public Path directory(StoredModel model) {
        return place(model.digest());
    }

    /** Deletes a base with its weights. */
    public StoredModel remove(String name) throws IOException {
        StoredModel model = get(name);
        FileTree.delete(directory(model));
        return model;
    }
}
