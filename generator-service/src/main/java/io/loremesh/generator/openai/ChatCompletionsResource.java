package io.loremesh.generator.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.loremesh.door.TraceParent;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** OpenAI's chat API over HTTP: a whole completion as JSON, or chunks as server-sent events. */
@Path("/v1")
@Blocking
class ChatCompletionsResource {
    private final ChatModels models;
    private final ObjectMapper json;

    ChatCompletionsResource(ChatModels models, ObjectMapper json) {
        this.models = models;
        this.json = json;
    }

    record ModelList(String object, List<Model> data) {}

    record Model(
            String id,
            String object,
            @JsonProperty("owned_by") String owner) {}

    @GET
    @Path("/models")
    @Produces(MediaType.APPLICATION_JSON)
    public ModelList models() {
        return new ModelList(
                "list",
                models.names().stream()
                        .map(name -> new Model(name, "model", "loremesh"))
                        .toList());
    }

    @POST
    @Path("/chat/completions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response complete(@HeaderParam(TraceParent.HEADER) String traceParent, ChatCompletionRequest request) {
        if (request == null) {
            throw new IllegalArgumentException("The request has no body; send a JSON object with messages");
        }
        String id = "chatcmpl-" + UUID.randomUUID();
        long created = Instant.now().getEpochSecond();
        String model = ChatModels.model(request);
        String trace = TraceParent.traceId(traceParent).orElse("");
        if (request.stream()) {
            return Response.ok(stream(request, trace, id, created, model))
                    .type(MediaType.SERVER_SENT_EVENTS)
                    .build();
        }
        ChatReply reply = models.reply(request, trace, delta -> {});
        return Response.ok(ChatCompletion.whole(id, created, model, reply))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    private StreamingOutput stream(ChatCompletionRequest request, String trace, String id, long created, String model) {
        return out -> {
            var begun = new AtomicBoolean();
            try {
                ChatReply reply = models.reply(request, trace, delta -> {
                    begun.set(true);
                    send(out, ChatCompletion.chunk(id, created, model, delta));
                });
                send(out, ChatCompletion.lastChunk(id, created, model, reply));
            } catch (CancellationException gone) {
                // Nobody is left to tell.
                return;
            } catch (RuntimeException failure) {
                if (!begun.get()) {
                    // Nothing is sent yet: an unknown model, a prompt that is too long or a full queue gets its own
                    // status.
                    throw failure;
                }
                // The status line is sent already, so the failure can only be one more event.
                send(out, OpenAiError.of(failure));
            }
            write(out, "[DONE]");
        };
    }

    private void send(OutputStream out, Object event) {
        try {
            write(out, json.writeValueAsString(event));
        } catch (IOException gone) {
            throw (CancellationException) new CancellationException("The client has gone").initCause(gone);
        }
    }

    private static void write(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(UTF_8));
        out.flush();
    }

    /** A body of other types than OpenAI's. */
    @ServerExceptionMapper
    public Response misfit(MismatchedInputException failure) {
        String place = failure.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return failed(new IllegalArgumentException(
                place.isEmpty()
                        ? "The body is not a JSON object; send one with messages"
                        : "`" + place + "` has a value of the wrong type; see OpenAI's reference of chat completions"));
    }

    /** A body that is no JSON: Quarkus wraps what the parser says. */
    @ServerExceptionMapper
    public Response unreadable(WebApplicationException failure) {
        return failure.getCause() instanceof JsonProcessingException malformed
                ? failed(new IllegalArgumentException(
                        "The body is not JSON: " + malformed.getOriginalMessage(), malformed))
                : failure.getResponse();
    }

    @ServerExceptionMapper
    public Response failed(RuntimeException failure) {
        return Response.status(OpenAiError.httpStatus(failure))
                .type(MediaType.APPLICATION_JSON)
                .entity(OpenAiError.of(failure))
                .build();
    }
}
