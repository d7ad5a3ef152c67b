package io.loremesh.retriever.embedding;

import io.loremesh.retriever.RealEncoder;
import org.junit.jupiter.api.Test;

class ScratchTest {
    @Test
    void cosines() {
        var e = RealEncoder.get();
        String[] qs = {"JIM几岁了？", "JIM今年多大？", "JIM几岁了？ 10。", "老大几岁？", "How old is Jim?", "谁是李明的妻子？", "法国的首都是哪里？"};
        String[] ps = {"JIM今年10岁。", "TOM今年10岁。", "JIM的生日是10月3日。", "JIM是家里的老大，今年10岁，喜欢足球。", "商店每天10点开门。", "Jim is 10 years old.", "The oldest child, Jim, is 10.", "李明的妻子是王芳。", "他们住在上海。", "JIM几岁了？ 10。", "公司由张伟创立。","The cat sat on the mat.", "他今年10岁。"};
        for (String q : qs) for (String p : ps) {
            float[] a = e.encode(q), b = e.encode(p); double s = 0; for (int i = 0; i < a.length; i++) s += a[i]*b[i];
            System.out.printf("%.3f  %s | %s%n", s, q, p);
        }
        long t = System.nanoTime();
        for (int i = 0; i < 100; i++) e.encode("JIM今年" + i + "岁了吗，他住在哪里？");
        System.out.println("ms per encode " + (System.nanoTime() - t) / 1e8);
    }
}
