package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;

/** What stays the same of a finding when lines above it come and go. */
final class Fingerprint {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** FNV-1a over rule, file and statement: it need not be secret, only steady. */
    static String of(Finding finding, Source source) {
        String text =
                finding.ruleId() + '\n' + finding.script() + '\n' + source.subject(finding) + '\n' + finding.message();
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return "%016x".formatted(hash);
    }
}
