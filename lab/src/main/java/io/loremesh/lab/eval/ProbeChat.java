package io.loremesh.lab.eval;

import io.loremesh.lab.suite.Probe;
import io.loremesh.proto.generator.v1.Chat;
import io.loremesh.proto.generator.v1.ChatMessage;
import io.loremesh.proto.generator.v1.CompleteRequest;
import io.loremesh.proto.generator.v1.CompleteResponse;
import io.loremesh.proto.generator.v1.GeneratorServiceGrpc.GeneratorServiceBlockingStub;
import io.loremesh.proto.generator.v1.Role;
import java.util.Iterator;

/** A probe as a chat: each passage a system message, the question the user's. */
final class ProbeChat {
    private ProbeChat() {}

    /** The request; greedy, for the bare base. Closed-book where the probe has no passages. */
    static CompleteRequest request(Probe probe) {
        Chat.Builder chat = Chat.newBuilder();
        probe.passages().forEach(passage -> chat.addMessages(message(Role.ROLE_SYSTEM, passage)));
        chat.addMessages(message(Role.ROLE_USER, probe.question()));
        return CompleteRequest.newBuilder().setChat(chat).setTemperature(0).build();
    }

    private static ChatMessage message(Role role, String content) {
        return ChatMessage.newBuilder().setRole(role).setContent(content).build();
    }

    /** The whole text of the answer. */
    static String answer(Probe probe, GeneratorServiceBlockingStub generator) {
        Iterator<CompleteResponse> parts = generator.complete(request(probe));
        while (parts.hasNext()) {
            CompleteResponse part = parts.next();
            if (part.hasCompletion()) {
                return part.getCompletion().getText();
            }
        }
        throw new IllegalStateException(
                "The engine ended its answer to '%s' without a completion".formatted(probe.question()));
    }
}
