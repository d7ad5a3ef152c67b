package io.loremesh.generator.routing;

import jakarta.enterprise.context.ApplicationScoped;

/** Sends a question to the weights if they hold its fact, learned and fresh, and to the retriever otherwise. */
@ApplicationScoped
public class FactRouter {
    private final FactNews news;

    FactRouter(FactNews news) {
        this.news = news;
    }

    /** @param facts of the version that the request holds */
    public Route route(KnownFacts facts, String question) {
        return facts.find(question)
                .filter(news::fresh)
                .<Route>map(Route.Weights::new)
                .orElseGet(Route.Retrieval::new);
    }
}
