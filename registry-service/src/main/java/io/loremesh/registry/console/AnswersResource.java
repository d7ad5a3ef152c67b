package io.loremesh.registry.console;

import io.loremesh.registry.resource.ProtoJson;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;

/** Live answers as server-sent events: each a JSON array of answers, empty now and then as a sign of life. */
@Path("/api/console/v1/answers")
public class AnswersResource {
    private final LiveAnswers live;

    AnswersResource(LiveAnswers live) {
        this.live = live;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> watch() {
        return live.watch()
                .map(batch -> batch.stream().map(ProtoJson::write).collect(Collectors.joining(",", "[", "]")));
    }
}
