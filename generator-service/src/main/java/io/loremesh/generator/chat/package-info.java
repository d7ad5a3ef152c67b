/**
 * A third door to the first journey, for Java: langchain4j's chat models over the product's own answer, and a ready AI
 * service. Start at {@link io.loremesh.generator.chat.KnowledgeAssistant}.
 */
package io.loremesh.generator.chat;
