package io.loremesh.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The runs on disk: one JSON file each, replaced by an atomic rename, so that a crash leaves the old state or the new
 * one and never half of one. One writer at a time; {@link RunBoard} is it.
 */
public final class RunStore {
    /** Why a run failed that was found unfinished. */
    public static final String STOPPED = "trainer-service stopped during the run; start the run again";

    private static final Logger LOG = Logger.getLogger(RunStore.class);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path dir;

    /** @param dir where the files lie; made if missing */
    public RunStore(Path dir) {
        try {
            this.dir = Files.createDirectories(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("Runs cannot be kept in %s; set loremesh.data-dir".formatted(dir), e);
        }
    }

    /** Writes a run through to the disk. */
    public void save(Run run) {
        Path written = dir.resolve(run.id() + ".json.new");
        try (FileChannel file = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(run));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
            Files.move(written, file(run), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be kept in %s".formatted(run.name(), dir), e);
        }
    }

    /** Every run; those that an earlier process left unfinished are failed from now on, on disk too. */
    public List<Run> recover(Instant now) {
        List<Run> runs = new ArrayList<>();
        for (Run run : read()) {
            if (run.state() instanceof RunState.Live unfinished) {
                Run failed = run.in(unfinished.fail(STOPPED, now));
                save(failed);
                runs.add(failed);
            } else {
                runs.add(run);
            }
        }
        return runs;
    }

    /** Where a run keeps its specification, its log and its adapter while it is made. */
    public Path workDir(Run run) {
        return dir.resolve(run.id());
    }

    private Path file(Run run) {
        return dir.resolve(run.id() + ".json");
    }

    private List<Run> read() {
        List<Run> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                try {
                    runs.add(JSON.readValue(file.toFile(), Run.class));
                } catch (JsonProcessingException e) {
                    // Left where it is for a person to look at: one strange file must not hide the other runs.
                    LOG.errorf("%s is not a run and is passed over: %s", file, e.getOriginalMessage());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The runs in %s cannot be read".formatted(dir), e);
        }
        return runs;
    }
}
