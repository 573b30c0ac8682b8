package dev.bureau.benchmarks.weaving;

import java.util.Random;

/// Text that is the same each time.
final class Words {
    private static final String[] WORDS =
            """
            the of and to in is that for it as was with be by on not he his but at are this have from or had an they \
            which one you were all her she there would their we him been has when who will no more if out so up said \
            what its about than into them can only other time new some could these two may first then do any like my \
            now over such our man me even most made after also well where must before through back years much way \
            process signal link monitor mailbox scheduler supervisor message Berlin Stockholm restart exit reason\
            """
                    .split(" ");

    private final Random random;

    Words(int seed) {
        this.random = new Random(seed);
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /// Some words, the first with a capital letter, and a full stop.
    String sentence() {
        StringBuilder text = new StringBuilder();
        int count = 5 + random.nextInt(15);
        for (int i = 0; i < count; i++) {
            if (i > 0) text.append(random.nextInt(9) == 0 ? ", " : " ");
            text.append(word());
        }
        text.setCharAt(0, Character.toUpperCase(text.charAt(0)));
        return text.append('.').toString();
    }

    String sentences(int count) {
        StringBuilder text = new StringBuilder(sentence());
        for (int i = 1; i < count; i++) text.append(' ').append(sentence());
        return text.toString();
    }
}
