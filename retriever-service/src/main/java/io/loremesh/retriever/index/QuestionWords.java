package io.loremesh.retriever.index;

import java.util.Set;

/**
 * Words that make a sentence a question and say nothing of what it asks about, as {@link PassageAnalyzer} gives them.
 */
final class QuestionWords {
    private static final Set<String> WORDS =
            Set.of(("什么 什麽 甚么 谁 哪 哪个 哪里 哪儿 哪些 哪年 哪位 何 何时 何地 多少 多大 几 几岁 几个 怎么 怎样 怎么样 如何 为什么 为何 吗 呢 吧 啊 是 的 了 在 有 "
                            + "请问 是否 叫 一 个 what who whom whose which when where why how is ar am wa were be do doe did "
                            + "ha have had can could will would the a an of in on at to for by and or it i my your")
                    .split(" "));

    private QuestionWords() {}

    static boolean contains(String term) {
        return WORDS.contains(term);
    }
}
