package io.slipway.sql.rule;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments by which other tools are silenced, so that scripts written for them need no second one: {@code
 * squawk-ignore}, {@code eugene: ignore}, {@code atlas:nolint}.
 *
 * @param ruleIds ours; empty for all
 */
record ForeignComment(String tool, Set<String> ruleIds, boolean wholeFile) {
    private static final Pattern FORM = Pattern.compile(
            "(?<tool>squawk-ignore(?<file>-file)?|eugene:\\s*ignore|atlas:nolint)(?<names>[\\s:,].*)?", Pattern.DOTALL);

    private static final Map<String, String> OURS = Map.ofEntries(
            Map.entry("adding-field-with-default", "add-column-volatile-default add-column-generated-stored"),
            Map.entry("adding-foreign-key-constraint", "add-constraint-fk-validated add-column-references"),
            Map.entry("adding-not-nullable-field", "set-not-null-scan set-not-null-breaks-writers"),
            Map.entry("adding-required-field", "add-required-column"),
            Map.entry("adding-serial-primary-key-field", "add-primary-key add-column-serial-or-identity"),
            Map.entry("ban-alter-domain-with-add-constraint", "alter-domain-constraint"),
            Map.entry("ban-char-field", "ban-char"),
            Map.entry("ban-concurrent-index-creation-in-transaction", "concurrently-in-transaction"),
            Map.entry("ban-create-domain-with-constraint", "create-domain-constraint"),
            Map.entry("ban-drop-column", "drop-column"),
            Map.entry("ban-drop-database", "drop-database"),
            Map.entry("ban-drop-not-null", "drop-not-null"),
            Map.entry("ban-drop-table", "drop-table"),
            Map.entry("ban-truncate-cascade", "truncate-cascade"),
            Map.entry("ban-uncommitted-transaction", "explicit-transaction-control"),
            Map.entry("changing-column-type", "change-column-type-rewrite change-column-type-narrowing"),
            Map.entry("constraint-missing-not-valid", "add-constraint-check-validated add-constraint-fk-validated"),
            Map.entry("disallowed-unique-constraint", "add-constraint-unique"),
            Map.entry("prefer-big-int", "prefer-bigint"),
            Map.entry("prefer-bigint-over-int", "prefer-bigint"),
            Map.entry("prefer-bigint-over-smallint", "prefer-bigint"),
            Map.entry("prefer-identity", "prefer-identity"),
            Map.entry("prefer-robust-stmts", "non-transactional-not-retryable"),
            Map.entry("prefer-text-field", "prefer-text"),
            Map.entry("prefer-timestamp-tz", "prefer-timestamptz"),
            Map.entry("renaming-column", "rename-column"),
            Map.entry("renaming-table", "rename-table"),
            Map.entry("require-concurrent-index-creation", "create-index-not-concurrent"),
            Map.entry("require-concurrent-index-deletion", "drop-index-not-concurrent"),
            Map.entry("require-timeout-settings", "missing-lock-timeout missing-statement-timeout"),
            Map.entry("transaction-nesting", "explicit-transaction-control"),
            Map.entry("e1", "add-constraint-check-validated add-constraint-fk-validated"),
            Map.entry("e2", "set-not-null-scan"),
            Map.entry("e3", "add-json-column"),
            Map.entry("e4", "statement-while-holding-access-exclusive ddl-and-backfill-same-transaction"),
            Map.entry("e5", "change-column-type-rewrite"),
            Map.entry("e6", "create-index-not-concurrent"),
            Map.entry("e7", "add-constraint-unique"),
            Map.entry("e8", "add-constraint-exclude"),
            Map.entry("e9", "missing-lock-timeout"),
            Map.entry("e10", "change-column-type-rewrite add-column-volatile-default"),
            Map.entry("e11", "add-column-serial-or-identity add-column-generated-stored"),
            Map.entry("w12", "multiple-alter-same-table"),
            Map.entry("w13", "enum-discouraged"),
            Map.entry("w14", "add-primary-key-using-nullable-index"),
            Map.entry("destructive", "drop-schema drop-table drop-column"),
            Map.entry("ds101", "drop-schema"),
            Map.entry("ds102", "drop-table"),
            Map.entry("ds103", "drop-column"),
            Map.entry("data_depend", "add-unique-data-dependent add-required-column set-not-null-scan"),
            Map.entry("mf101", "add-unique-data-dependent"),
            Map.entry("mf103", "add-required-column"),
            Map.entry("mf104", "set-not-null-scan set-not-null-breaks-writers"),
            Map.entry("incompatible", "rename-table rename-column"),
            Map.entry("bc101", "rename-table"),
            Map.entry("bc102", "rename-column"),
            Map.entry("cd101", "drop-fk"),
            Map.entry(
                    "concurrent_index",
                    "create-index-not-concurrent drop-index-not-concurrent concurrently-in-transaction"),
            Map.entry("pg101", "create-index-not-concurrent"),
            Map.entry("pg102", "drop-index-not-concurrent"),
            Map.entry("pg103", "concurrently-in-transaction"));

    ForeignComment {
        ruleIds = Set.copyOf(ruleIds);
    }

    /** @param content of a comment, without its marks */
    static Optional<ForeignComment> of(String content) {
        Matcher matcher = FORM.matcher(content);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String names = matcher.group("names") == null ? "" : matcher.group("names");
        Set<String> ids = new HashSet<>();
        Arrays.stream(names.toLowerCase(Locale.ROOT).split("[\\s,:]+"))
                .filter(name -> !name.isEmpty())
                .forEach(name -> {
                    // What we have no rule for must not turn the comment into one that silences all.
                    ids.addAll(Arrays.asList(OURS.getOrDefault(name, name).split(" ")));
                });
        return Optional.of(new ForeignComment(matcher.group("tool"), ids, matcher.group("file") != null));
    }
}
