package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.loremesh.registry.failure.PassingTrouble;
import io.loremesh.registry.failure.RegistryException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure of a call into the error that MLflow's clients read. */
class ErrorMapper {
    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);

    /** The body of a failed call. */
    record Body(@JsonProperty("error_code") ErrorCode code, String message) {}

    @ServerExceptionMapper
    Response refused(RegistryException refusal) {
        return response(ErrorCode.of(refusal.kind()), refusal.getMessage());
    }

    @ServerExceptionMapper
    Response unsupported(Unsupported refusal) {
        return response(ErrorCode.NOT_IMPLEMENTED, refusal.getMessage());
    }

    @ServerExceptionMapper
    Response unknown(NotFoundException failure, UriInfo uri) {
        return elsewhere(uri, failure.getResponse());
    }

    @ServerExceptionMapper
    Response misused(NotAllowedException failure, UriInfo uri) {
        return elsewhere(uri, failure.getResponse());
    }

    /** What the HTTP layer refuses by itself keeps its status. */
    @ServerExceptionMapper
    Response refused(WebApplicationException failure) {
        return failure.getResponse();
    }

    @ServerExceptionMapper
    Response failed(RuntimeException failure) {
        if (PassingTrouble.is(failure)) {
            return response(
                    ErrorCode.TEMPORARILY_UNAVAILABLE,
                    "the registry cannot do it now: %s; try again".formatted(failure.getMessage()));
        }
        LOG.error("a call failed unexpectedly", failure);
        return response(ErrorCode.INTERNAL_ERROR, "the registry failed: %s; its log tells where".formatted(failure));
    }

    static Response response(ErrorCode code, String message) {
        return Response.status(code.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(new Body(code, message))
                .build();
    }

    private static Response elsewhere(UriInfo uri, Response usual) {
        return uri.getPath().startsWith("/api/2.0/")
                ? response(
                        ErrorCode.ENDPOINT_NOT_FOUND,
                        "%s is not served with this method: of MLflow's API the registry has registered models, model"
                                        .formatted(uri.getPath())
                                + " versions, aliases, tags and artifacts; runs and experiments "
                                + "belong to a tracking server")
                : usual;
    }
}
