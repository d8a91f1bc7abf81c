package io.slipway.executor.batch;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.sql.analyze.PlaceholderText;
import io.slipway.sql.batch.Batch;
import io.slipway.sql.batch.BatchReading;
import io.slipway.sql.batch.BatchReading.Defect;
import io.slipway.sql.rule.ScriptSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script that its plan says runs in batches. */
sealed interface MarkedScript {
    /** It can. */
    record Ready(Batch batch) implements MarkedScript {
        /** Of what makes a row changed or not; not of the batches' size, which may be another one the next time. */
        String digest() {
            return sha256(batch.table() + "\n" + batch.key() + "\n" + batch.sql());
        }
    }

    /** It cannot, whatever the validator has said. */
    record Unfit(Failure failure) implements MarkedScript {}

    static MarkedScript read(Plan plan, PlannedScript script) {
        boolean replace =
                script.sqlConf() == null || ScriptSettings.of(script.sqlConf()).replacesPlaceholders();
        String sql = script.sql();
        if (replace) {
            PlaceholderText text = PlaceholderText.of(sql, plan.settings().placeholders());
            if (!text.unresolved(script.name()).isEmpty()) {
                return unfit(
                        script,
                        text.unresolved(script.name()).getFirst().line(),
                        "a script in batches knows the plan's own placeholders only");
            }
            sql = text.sql();
        }
        return switch (BatchReading.of(sql)) {
            case BatchReading.Sound(var batch) -> new Ready(batch);
            case BatchReading.Unsound unsound -> {
                Defect first = unsound.defects().getFirst();
                yield unfit(script, first.at().start().line(), first.message());
            }
            case BatchReading.Unmarked _ -> unfit(script, 0, "the plan says so, and the script does not");
        };
    }

    private static Unfit unfit(PlannedScript script, int line, String why) {
        return new Unfit(new Failure(
                "BATCH_UNFIT",
                "%s cannot run in batches: %s".formatted(script.name(), why),
                "Correct the script, then request the migration again.",
                null,
                script.name(),
                line));
    }

    private static String sha256(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
