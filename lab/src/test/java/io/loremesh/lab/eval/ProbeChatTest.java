package io.loremesh.lab.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.loremesh.lab.suite.Probe;
import io.loremesh.proto.generator.v1.ChatMessage;
import io.loremesh.proto.generator.v1.CompleteRequest;
import io.loremesh.proto.generator.v1.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeChatTest {
    @Test
    void eachPassageIsASystemMessageBeforeTheQuestion() {
        var probe = new Probe(List.of("Ann is 9.", "Bob is 10."), "How old is Bob?", Set.of("10"), true);

        CompleteRequest request = ProbeChat.request(probe);

        assertThat(request.getTemperature()).isZero();
        assertThat(request.getChat().getMessagesList())
                .extracting(ChatMessage::getRole, ChatMessage::getContent)
                .containsExactly(
                        tuple(Role.ROLE_SYSTEM, "Ann is 9."),
                        tuple(Role.ROLE_SYSTEM, "Bob is 10."),
                        tuple(Role.ROLE_USER, "How old is Bob?"));
    }

    @Test
    void aQuestionByHeartStandsAlone() {
        CompleteRequest request = ProbeChat.request(new Probe(List.of(), "Who is Bob?", Set.of(), false));

        assertThat(request.getChat().getMessagesList())
                .extracting(ChatMessage::getRole)
                .containsExactly(Role.ROLE_USER);
    }
}
