package io.loremesh.screening;

import java.util.List;

/**
 * What finds things in a text that are not to be learned or said. An implementation is safe for concurrent use, needs
 * no network and takes a time that grows with the text's length alone: texts and patterns come from outside.
 */
public interface TextClassifier {
    /**
     * Everything that it catches, in any order; parts may overlap.
     *
     * @param text with full-width letters, digits and signs written as plain ones
     */
    List<Finding> classify(String text);
}
