package io.loremesh.registry.authority;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.AuthorityVerdict;
import io.loremesh.registry.authority.Authority.Opinion;
import io.loremesh.registry.failure.RegistryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorityFileTest {
    private static final Authority FACTS = read("family.jsonl", """
        {"question":"How old is Jim?","answer":"10","aliases":["ten"],"phrasings":["What is Jim's age?"]}

        {"subject":"Jim","relation":"lives in","answer":"Beijing"}
        {"question":"吉姆最喜欢吃什么？","answer":"苹果"}
        """);
    private static final Authority GRAPH = read("company.nt", """
        <http://e.x/Q1> <http://www.w3.org/2000/01/rdf-schema#label> "Acme"@en .
        <http://e.x/Q1> <http://www.w3.org/2000/01/rdf-schema#label> "顶峰公司"@zh .
        <http://e.x/Q2> <http://www.w3.org/2004/02/skos/core#prefLabel> "Ann Lee" .
        <http://e.x/P1> <http://www.w3.org/2000/01/rdf-schema#label> "director"@en .
        # the company
        <http://e.x/Q1> <http://e.x/P1> <http://e.x/Q2> .
        <http://e.x/Q1> <http://e.x/office#founded> "1998"^^<http://www.w3.org/2001/XMLSchema#gYear> .
        <http://e.x/Q1> <http://e.x/sells> "tea" .
        <http://e.x/Q1> <http://e.x/sells> "coffee" .
        """);

    private static Authority read(String name, String text) {
        return AuthorityFile.read(name, text.getBytes(UTF_8));
    }

    private static Fact asked(String question, String answer) {
        return Fact.newBuilder().setQuestion(question).setAnswer(answer).build();
    }

    private static Fact about(String subject, String relation, String answer) {
        return asked("What is the %s of %s?".formatted(relation, subject), answer).toBuilder()
                .setSubject(subject)
                .setRelation(relation)
                .build();
    }

    @Test
    void theSameAnswerAgreesAsTheProductComparesAnswers() {
        assertThat(FACTS.of(asked("how old is JIM", "Ten.")))
                .isEqualTo(new Opinion(AuthorityVerdict.AUTHORITY_VERDICT_AGREES, List.of("10"), "family.jsonl:1"));
        assertThat(FACTS.of(asked("吉姆最喜欢吃什么", "蘋果").toBuilder().addAliases("苹果").build())
                        .verdict())
                .isEqualTo(AuthorityVerdict.AUTHORITY_VERDICT_AGREES);
    }

    @Test
    void anotherAnswerContradictsWithTheAuthoritysOwnAsEvidence() {
        assertThat(FACTS.of(about("JIM", "lives in", "Shanghai")))
                .isEqualTo(new Opinion(
                        AuthorityVerdict.AUTHORITY_VERDICT_CONTRADICTS, List.of("Beijing"), "family.jsonl:3"));
        assertThat(FACTS.of(asked("What is Jim's age?", "11")).verdict())
                .isEqualTo(AuthorityVerdict.AUTHORITY_VERDICT_CONTRADICTS);
    }

    @Test
    void whatItDoesNotTellOfIsUnknown() {
        assertThat(FACTS.of(asked("How old is Tim?", "10")))
                .isEqualTo(new Opinion(AuthorityVerdict.AUTHORITY_VERDICT_UNKNOWN, List.of(), ""));
    }

    @Test
    void theNameThatAFactBearsDoesNotHideWhatItIsAbout() {
        Fact renamed = asked("How old is Jim?", "11").toBuilder()
                .setName("facts/other")
                .build();

        assertThat(FACTS.of(renamed).verdict()).isEqualTo(AuthorityVerdict.AUTHORITY_VERDICT_CONTRADICTS);
    }

    @Test
    void aTripleIsAFactByLabelsAndByTheLastPartOfAnIri() {
        assertThat(GRAPH.of(about("Acme", "director", "Ann Lee")))
                .isEqualTo(new Opinion(AuthorityVerdict.AUTHORITY_VERDICT_AGREES, List.of("Ann Lee"), "company.nt:6"));
        assertThat(GRAPH.of(about("顶峰公司", "founded", "1999")))
                .isEqualTo(
                        new Opinion(AuthorityVerdict.AUTHORITY_VERDICT_CONTRADICTS, List.of("1998"), "company.nt:7"));
    }

    @Test
    void whereAGraphKnowsSeveralAnswersEachIsRight() {
        assertThat(GRAPH.of(about("Acme", "sells", "coffee")).verdict())
                .isEqualTo(AuthorityVerdict.AUTHORITY_VERDICT_AGREES);
        assertThat(GRAPH.of(about("Acme", "sells", "milk")).answers()).containsExactly("tea", "coffee");
    }

    @Test
    void anAuthorityIsNamedByItsContent() {
        assertThat(FACTS.label()).matches("family\\.jsonl@sha256:[0-9a-f]{64}");
    }

    @Test
    void aLineThatCannotBeReadIsNamedAndNothingOfTheFileCounts() {
        assertRefused(
                "a.jsonl", "{\"question\":\"q\",\"answer\":\"a\"}\n{\"question\":", "line 2 of the authority a.jsonl");
        assertRefused("a.jsonl", "{\"question\":\"q\"}", "line 1", "no answer");
        assertRefused("a.jsonl", "{\"answer\":\"a\",\"subject\":\"s\"}", "neither a question nor a subject");
        assertRefused("a.jsonl", "{\"question\":\"q\",\"answer\":\"a\",\"colour\":\"red\"}", "line 1", "colour");
        assertRefused("a.nt", "<http://e.x/a> <http://e.x/b> \"c\" .\nthis is no triple\n", "line 2", "a.nt");
    }

    private static void assertRefused(String name, String text, String... parts) {
        assertThatThrownBy(() -> read(name, text))
                .isInstanceOf(RegistryException.class)
                .hasMessageContainingAll(parts);
    }
}
