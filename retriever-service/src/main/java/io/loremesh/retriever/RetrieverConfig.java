package io.loremesh.retriever;

import io.loremesh.retriever.search.Fusion;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of the retriever. Where Kafka is, is told by {@code kafka.bootstrap.servers}. */
@ConfigMapping(prefix = "loremesh.retriever")
public interface RetrieverConfig {
    /** Directory of the index and of the unpacked encoder; set through {@code loremesh.data-dir}. */
    Path dataDir();

    Ingest ingest();

    Encoder encoder();

    Search search();

    Supersede supersede();

    /** How knowledge comes in. */
    interface Ingest {
        /** Longest time between an event and its being durable in the index. */
        @WithDefault("1s")
        Duration commitInterval();

        /** Events after which the index is committed even earlier. */
        @WithDefault("500")
        int commitEvents();

        /** Pause before Kafka is tried again. */
        @WithDefault("1s")
        Duration retryPause();

        /** IngestDocuments and DeleteDocument calls that may wait; more are refused with RESOURCE_EXHAUSTED. */
        @WithDefault("64")
        int queue();
    }

    /** The encoder of passages and questions. */
    interface Encoder {
        /** CPU threads of one encoding. */
        @WithDefault("1")
        int threads();

        /** Vectors kept in memory, 2 KB each. */
        @WithDefault("4096")
        long cache();
    }

    /** How questions are answered. */
    interface Search {
        /** Searches that run at once. */
        @WithDefault("2")
        int threads();

        /** Searches that may wait; more are refused with RESOURCE_EXHAUSTED. */
        @WithDefault("128")
        int queue();

        /** MINMAX, BOUNDED or RRF. */
        @WithDefault("MINMAX")
        Fusion fusion();

        /** Share of the vector ranking in a fused score, 0 to 1. */
        @WithDefault("0.5")
        double vectorWeight();

        /** Least evidence for a passage to be returned, 0 to 1. */
        @WithDefault("0.2")
        double floor();

        /** Least share of the best passage's evidence for another one to be returned, 0 to 1. */
        @WithDefault("0.5")
        double relativeFloor();

        /** Cosine of a Chinese question and an unrelated text: no evidence. */
        @WithDefault("0.35")
        double chineseUnrelated();

        /** Cosine of a Chinese question and the passage that answers it best: full evidence. */
        @WithDefault("0.9")
        double chineseEqual();

        /** As for Chinese; the encoder, trained on Chinese, puts all English texts near each other. */
        @WithDefault("0.6")
        double englishUnrelated();

        /** As for Chinese. */
        @WithDefault("0.95")
        double englishEqual();

        /** Candidates of each ranking. */
        @WithDefault("50")
        int depth();
    }

    /** When a document's passage gives way to a fact that changed. */
    interface Supersede {
        /** Least cosine of the passage and the fact's nearest phrasing. */
        @WithDefault("0.5")
        double minSimilarity();
    }
}
