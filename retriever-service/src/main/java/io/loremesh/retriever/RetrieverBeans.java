package io.loremesh.retriever;

import io.loremesh.retriever.embedding.CachedTextEncoder;
import io.loremesh.retriever.embedding.OnnxTextEncoder;
import io.loremesh.retriever.index.CommitPace;
import io.loremesh.retriever.index.EventMetrics;
import io.loremesh.retriever.index.KnowledgeConsumer;
import io.loremesh.retriever.index.KnowledgeFlow;
import io.loremesh.retriever.index.KnowledgeTopic;
import io.loremesh.retriever.index.LucenePassageIndex;
import io.loremesh.retriever.index.PassageIndex;
import io.loremesh.retriever.index.SupersedeRule;
import io.loremesh.retriever.search.Evidence;
import io.loremesh.retriever.search.PassageSearch;
import io.loremesh.retriever.search.ScoringSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts the parts together, which know nothing of Quarkus. {@link RetrieverLifecycle} opens and closes them in order.
 */
public final class RetrieverBeans {
    @Produces
    @Singleton
    OnnxTextEncoder encoderEngine(RetrieverConfig config) throws IOException {
        return OnnxTextEncoder.open(
                config.dataDir().resolve("encoder"), config.encoder().threads());
    }

    @Produces
    @Singleton
    CachedTextEncoder encoder(OnnxTextEncoder engine, RetrieverConfig config) {
        return new CachedTextEncoder(engine, config.encoder().cache());
    }

    @Produces
    @Singleton
    PassageIndex index(RetrieverConfig config, CachedTextEncoder encoder) throws IOException {
        return LucenePassageIndex.open(config.dataDir().resolve("index"), encoder);
    }

    @Produces
    @Singleton
    KnowledgeFlow flow(PassageIndex index, CachedTextEncoder encoder, RetrieverConfig config) {
        return new KnowledgeFlow(
                index, encoder, new SupersedeRule(config.supersede().minSimilarity()));
    }

    @Produces
    @Singleton
    KnowledgeConsumer consumer(
            KnowledgeFlow flow,
            RetrieverConfig config,
            MeterRegistry registry,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        RetrieverConfig.Ingest ingest = config.ingest();
        return new KnowledgeConsumer(
                flow,
                new KnowledgeTopic(new HashMap<>(kafka)),
                new EventMetrics(registry),
                new CommitPace(ingest.commitInterval(), ingest.commitEvents()),
                ingest.retryPause());
    }

    @Produces
    @Singleton
    PassageSearch search(PassageIndex index, CachedTextEncoder encoder, RetrieverConfig config) {
        RetrieverConfig.Search search = config.search();
        return new PassageSearch(
                index,
                encoder,
                new ScoringSpec(
                        search.fusion(),
                        search.vectorWeight(),
                        search.floor(),
                        search.relativeFloor(),
                        new Evidence.Scale(search.chineseUnrelated(), search.chineseEqual()),
                        new Evidence.Scale(search.englishUnrelated(), search.englishEqual()),
                        search.depth()));
    }
}
