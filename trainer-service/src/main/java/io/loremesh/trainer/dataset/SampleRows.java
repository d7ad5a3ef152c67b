package io.loremesh.trainer.dataset;

import io.loremesh.evaluation.curriculum.Marker;
import io.loremesh.evaluation.curriculum.Sample;
import io.loremesh.evaluation.curriculum.Segment;
import java.util.ArrayList;
import java.util.List;

/** Takes a sample of the generator apart into its questions. */
final class SampleRows {

    private SampleRows() {}

    /** The sample's questions, each with the sample's passages. Samples of raw tokens have none. */
    static List<Row> of(Sample sample) {
        List<String> passages = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        StringBuilder question = new StringBuilder();
        StringBuilder answer = new StringBuilder();
        Marker at = Marker.PAD;
        for (Segment segment : sample.segments()) {
            switch (segment) {
                case Segment.Mark mark -> {
                    at = mark.marker();
                    if (at == Marker.EOS && !question.isEmpty()) {
                        rows.add(new Row(passages, question.toString(), answer.toString()));
                        question.setLength(0);
                        answer.setLength(0);
                    }
                }
                case Segment.Text text -> {
                    switch (at) {
                        case CTX -> passages.add(text.text());
                        case Q -> question.append(text.text());
                        case A -> answer.append(text.text());
                        case PAD, EOS -> {}
                    }
                }
                case Segment.Tokens tokens -> {}
            }
        }
        return rows;
    }
}
