/**
 * The demo base's vocabulary as a standard Hugging Face tokenizer: Chinese characters singly, Latin words by merges
 * learned from the curriculum's own text. Read {@link io.loremesh.lab.vocabulary.DemoVocabulary} first.
 */
package io.loremesh.lab.vocabulary;
