package io.loremesh.generator.adapter;

import io.loremesh.generator.base.BaseConfig;
import io.loremesh.generator.base.LoadedBase;
import io.loremesh.generator.base.ServedBase;
import io.loremesh.generator.inference.LoraWeights;
import io.loremesh.generator.registry.RegistryClient;
import io.loremesh.generator.routing.KnownFacts;
import io.loremesh.generator.routing.KnownFactsLoader;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.proto.registry.v1.Version;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The versions that this generator holds ready, and which of them answers when a request names none. The base is always
 * there. Safe for concurrent use: a request takes its version once, by {@link #acquire}.
 */
@ApplicationScoped
public class LoadedVersions {
    private static final Logger LOG = Logger.getLogger(LoadedVersions.class);

    /** A version and how many requests hold it. */
    private record Entry(ServedVersion version, AtomicInteger holders) {}

    /** A loaded version as others may see it. */
    public record Status(ServedVersion version, boolean active, int requests) {}

    private final ServedBase base;
    private final String baseName;
    private final RegistryClient registry;
    private final AdapterStore store;
    private final KnownFactsLoader facts;
    private final Map<String, Entry> loaded = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Entry>> loading = new ConcurrentHashMap<>();
    private volatile String active;
    private volatile Optional<Trial> trial = Optional.empty();

    LoadedVersions(
            ServedBase base, BaseConfig config, RegistryClient registry, AdapterStore store, KnownFactsLoader facts) {
        this.base = base;
        this.baseName = config.model();
        this.registry = registry;
        this.store = store;
        this.facts = facts;
        this.active = baseName;
    }

    /**
     * Takes a version for the life of one request.
     *
     * @param name empty for the active one
     * @throws VersionNotLoadedException if it is not held here
     */
    public VersionLease acquire(String name) {
        Entry entry = entry(name.isEmpty() ? active : name);
        return new VersionLease(entry.version(), entry.holders());
    }

    /** The bare base, which is never let go. */
    public ServedVersion base() {
        return entry(baseName).version();
    }

    private Entry entry(String name) {
        Entry entry = name.equals(baseName) ? loaded.computeIfAbsent(baseName, this::bareBase) : loaded.get(name);
        if (entry == null) {
            throw new VersionNotLoadedException(name);
        }
        return entry;
    }

    private Entry bareBase(String name) {
        String digest = base.get().checkpoint().digest();
        return new Entry(
                new ServedVersion(name, digest, LoraWeights.NONE, KnownFacts.NONE, Instant.now()), new AtomicInteger());
    }

    /**
     * Fetches a version and holds it ready; one that is held already is returned as it is. Blocks as long as its own
     * download may
     * take, and for no other version's.
     *
     * @throws io.loremesh.model.checkpoint.ModelFormatException if its adapter belongs to another base
     * @throws ArtifactDelayedException if its adapter does not arrive in time
     */
    public Status load(String name) {
        if (name.isEmpty() || name.equals(baseName)) {
            return status(entry(baseName));
        }
        Entry known = loaded.get(name);
        if (known != null) {
            return status(known);
        }
        var mine = new CompletableFuture<Entry>();
        CompletableFuture<Entry> underWay = loading.putIfAbsent(name, mine);
        if (underWay != null) {
            return status(joined(underWay));
        }
        try {
            Entry fetched = fetch(name);
            mine.complete(fetched);
            return status(fetched);
        } catch (Throwable failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            loading.remove(name, mine);
        }
    }

    private static Entry joined(CompletableFuture<Entry> underWay) {
        try {
            return underWay.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private Entry fetch(String name) {
        LoadedBase served = base.get();
        Version version = registry.version(name).await().indefinitely();
        try {
            Adapter adapter = store.fetch(version.getArtifact());
            adapter.requireFits(served.checkpoint());
            LoraWeights weights = LoraWeights.of(adapter, served.checkpoint().config());
            String digest = version.getArtifact().getDigest();
            ServedVersion ready =
                    new ServedVersion(version.getName(), digest, weights, facts.load(version.getName()), Instant.now());
            Entry entry = new Entry(ready, new AtomicInteger());
            loaded.put(version.getName(), entry);
            LOG.infof(
                    "Loaded %s (%s), which has learned %d facts",
                    ready.name(), digest, ready.facts().learned());
            return entry;
        } catch (IOException failure) {
            throw new UncheckedIOException("Version " + name + " could not be kept on disk: " + failure, failure);
        }
    }

    /**
     * Lets the next request that names no version have this one; empty is the base. Loads it first and reads its
     * ledger anew.
     */
    public void activate(String name) {
        answerBy(prepare(name));
    }

    /** As {@link #activate}, of a version that {@link #prepare} has made ready. Does not block. */
    synchronized void answerBy(String prepared) {
        entry(prepared);
        String before = active;
        active = prepared;
        if (!prepared.equals(before)) {
            LOG.infof("%s answers from now on, after %s", prepared, before);
        }
    }

    /** Loads the version of a trial and reads its ledger; from then on {@link #trial} tells of it. */
    public void begin(Trial begun) {
        prepare(begun.version());
        tryOut(begun);
    }

    /** As {@link #begin}, of a version that {@link #prepare} has made ready. Does not block. */
    synchronized void tryOut(Trial begun) {
        entry(begun.version());
        trial = Optional.of(begun);
        LOG.infof(
                "%s is on trial: %s of %.0f %% of the requests",
                begun.version(), begun.shadow() ? "a shadow" : "the canary", begun.share() * 100);
    }

    public synchronized void endTrial() {
        trial.ifPresent(ended -> LOG.infof("The trial of %s is over", ended.version()));
        trial = Optional.empty();
    }

    /** The trial that is under way. A request asks once. */
    public Optional<Trial> trial() {
        return trial;
    }

    /**
     * Loads a version and reads its ledger anew, and changes nothing of who answers. Blocks.
     *
     * @param name empty for the base
     * @return its name
     */
    String prepare(String name) {
        String canonical = load(name).version().name();
        if (!canonical.equals(baseName)) {
            // The ledger may have been written since the version was loaded: a candidate is loaded to be judged.
            KnownFacts learned = facts.load(canonical);
            loaded.computeIfPresent(
                    canonical, (key, entry) -> new Entry(withFacts(entry.version(), learned), entry.holders()));
        }
        return canonical;
    }

    private static ServedVersion withFacts(ServedVersion version, KnownFacts facts) {
        return new ServedVersion(version.name(), version.digest(), version.weights(), facts, version.loadTime());
    }

    /**
     * Lets a version go; requests that hold it keep it to their end.
     *
     * @throws ActiveVersionException if it answers now, or is on trial
     */
    public synchronized void unload(String name) {
        if (name.equals(active) || name.equals(baseName)) {
            throw new ActiveVersionException(name);
        }
        trial.filter(running -> running.version().equals(name)).ifPresent(running -> {
            throw new ActiveVersionException(running);
        });
        loaded.remove(name);
    }

    /** What is held, the base first, then by name. */
    public List<Status> list() {
        return Stream.concat(
                        Stream.of(entry(baseName)),
                        loaded.values().stream()
                                .filter(entry -> !entry.version().name().equals(baseName))
                                .sorted((a, b) ->
                                        a.version().name().compareTo(b.version().name())))
                .map(this::status)
                .toList();
    }

    private Status status(Entry entry) {
        return new Status(
                entry.version(),
                entry.version().name().equals(active),
                entry.holders().get());
    }
}
