package io.loremesh.generator.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.door.TraceParent;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
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
            long created,
            @JsonProperty("owned_by") String owner) {
        static Model of(ChatModels.Served served) {
            return new Model(served.name(), "model", served.created(), "loremesh");
        }
    }

    @GET
    @Path("/models")
    @Produces(MediaType.APPLICATION_JSON)
    public ModelList models() {
        return new ModelList("list", models.served().stream().map(Model::of).toList());
    }

    @GET
    @Path("/models/{id:.+}")
    @Produces(MediaType.APPLICATION_JSON)
    public Model model(@PathParam("id") String id) {
        String name = URLDecoder.decode(id, UTF_8);
        return models.served(name).map(Model::of).orElseThrow(() -> models.unknown(name));
    }

    @POST
    @Path("/chat/completions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response complete(@HeaderParam(TraceParent.HEADER) String traceParent, JsonNode body) {
        ChatCompletionRequest request = ChatCompletionRequest.of(body);
        var head = new ChatCompletion.Head(
                "chatcmpl-" + UUID.randomUUID(), Instant.now().getEpochSecond(), request.model());
        String trace = TraceParent.traceId(traceParent).orElse("");
        if (request.stream()) {
            return Response.ok(stream(request, trace, head))
                    .type(MediaType.SERVER_SENT_EVENTS)
                    .build();
        }
        List<ChatReply> replies = IntStream.range(0, request.choices())
                .mapToObj(choice -> models.reply(request, choice, trace, delta -> {}))
                .toList();
        return Response.ok(head.whole(replies)).type(MediaType.APPLICATION_JSON).build();
    }

    private StreamingOutput stream(ChatCompletionRequest request, String trace, ChatCompletion.Head head) {
        return out -> {
            var begun = new AtomicBoolean();
            try {
                List<ChatReply> replies = new ArrayList<>();
                for (int i = 0; i < request.choices(); i++) {
                    int choice = i;
                    var role = new AtomicReference<>("assistant");
                    ChatReply reply = models.reply(request, choice, trace, delta -> {
                        if (!delta.isEmpty()) {
                            begun.set(true);
                            send(out, head.chunk(choice, role.getAndSet(null), delta));
                        }
                    });
                    begun.set(true);
                    if (role.get() != null) {
                        send(out, head.chunk(choice, role.get(), ""));
                    }
                    send(out, head.lastChunk(choice, reply));
                    replies.add(reply);
                }
                if (request.includeUsage()) {
                    send(out, head.usageChunk(replies));
                }
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
                send(out, OpenAiError.of(failure).body());
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
        OpenAiError.Told told = OpenAiError.of(failure);
        return Response.status(told.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(told.body())
                .build();
    }
}
