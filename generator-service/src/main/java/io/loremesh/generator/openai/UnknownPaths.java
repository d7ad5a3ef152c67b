package io.loremesh.generator.openai;

import io.grpc.Status.Code;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What OpenAI's API has and this door has not, told in the form that its clients read. */
class UnknownPaths {
    private static final String SERVED =
            "; POST /v1/chat/completions, GET /v1/models and GET /v1/models/{id} are served";

    @ServerExceptionMapper
    public Response unknown(NotFoundException failure, UriInfo uri) {
        return refusal(failure.getResponse(), Code.NOT_FOUND, "There is no " + uri.getPath());
    }

    @ServerExceptionMapper
    public Response misused(NotAllowedException failure, UriInfo uri) {
        return refusal(failure.getResponse(), Code.UNIMPLEMENTED, uri.getPath() + " does not take this method");
    }

    private static Response refusal(Response status, Code code, String fact) {
        return Response.status(status.getStatus())
                .type(MediaType.APPLICATION_JSON)
                .entity(OpenAiError.request(code, fact + SERVED))
                .build();
    }
}
