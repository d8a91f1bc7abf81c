package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Undo scripts for those that have none, made from the difference between the schema after and before each. They are drafts:
 * nothing runs them by itself.
 *
 * @param drafts in the order of the plan, bounded in number
 * @param why there are no more of them than these; absent when each script without undo has one
 */
public record DerivedUndo(List<Draft> drafts, @Nullable String why) {
    public DerivedUndo {
        drafts = Required.list("drafts", drafts);
    }

    /** What came of a draft on a copy of the schema. */
    public enum Outcome {
        /** After it the schema was as before the script, and the script could be applied again. */
        PROVED,
        /** It ran, and the schema was not as before. */
        DIFFERS,
        /** It failed, or the script could not be applied again after it. */
        FAILED
    }

    /**
     * A draft.
     *
     * @param script which it takes back
     * @param detail what differs, or what failed
     * @param sql absent where it is too long for an event; empty where the script changes no schema
     * @param losses what it cannot bring back, takes with it, or fails on, in sentences; bounded in number
     */
    public record Draft(
            String script,
            MigrationVersion version,
            Outcome outcome,
            @Nullable String detail,
            @Nullable String sql,
            List<String> losses) {
        public Draft {
            Required.present("script", script);
            Required.present("version", version);
            Required.present("outcome", outcome);
            losses = Required.list("losses", losses);
        }

        /** Why no rollback may use it; null when one may. */
        @JsonIgnore
        public @Nullable String unusable() {
            return switch (outcome) {
                case DIFFERS -> "it does not lead back to the same schema (%s)".formatted(detail);
                case FAILED -> "it fails (%s)".formatted(detail);
                case PROVED -> {
                    if (sql == null) {
                        yield "it is longer than slipway.validator.rehearsal.max-undo-characters lets a verdict carry";
                    }
                    yield sql.isBlank() && !losses.isEmpty()
                            ? "it would take nothing back (%s)".formatted(losses.getFirst())
                            : null;
                }
            };
        }
    }
}
