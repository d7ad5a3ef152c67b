package io.loremesh.trainer.dataset;

import java.util.List;

/**
 * One question as the model will meet it, and what it is to answer.
 *
 * @param passages what to answer from; empty for a question asked from the weights alone
 */
public record Row(List<String> passages, String question, String answer) {

    public Row {
        passages = List.copyOf(passages);
    }

    public static Row closedBook(String question, String answer) {
        return new Row(List.of(), question, answer);
    }
}
