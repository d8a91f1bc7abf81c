package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What will run, in order, against which state of which database.
 *
 * @param origin the commit that the scripts come from, where they come from a repository
 * @param warnings what was passed over in making it, such as a setting of Flyway that Slipway does not take
 * @param mode how the scripts run; absent where each has its own transaction, as the role that logs in, with PostgreSQL's
 *     own search path
 * @param digest SHA-256 over all the rest; {@link #intact()} says whether it still holds
 */
public record Plan(
        Kind kind,
        FlywaySettings settings,
        List<PlannedScript> scripts,
        TargetState state,
        @Nullable ScriptOrigin origin,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings,
        @Nullable RunMode mode,
        PlanDigest digest) {

    /** Which way it goes. */
    public enum Kind {
        MIGRATION,
        ROLLBACK
    }

    public Plan {
        Required.present("kind", kind);
        Required.present("settings", settings);
        scripts = List.copyOf(scripts);
        warnings = List.copyOf(warnings);
        Required.present("state", state);
        Required.present("digest", digest);
    }

    /** A plan of scripts that travelled with their request, with the digest that belongs to it. */
    public static Plan of(Kind kind, FlywaySettings settings, List<PlannedScript> scripts, TargetState state) {
        return of(kind, settings, scripts, state, null, List.of(), RunMode.DEFAULT);
    }

    /** A plan with the digest that belongs to it. */
    public static Plan of(
            Kind kind,
            FlywaySettings settings,
            List<PlannedScript> scripts,
            TargetState state,
            @Nullable ScriptOrigin origin,
            List<String> warnings,
            RunMode mode) {
        RunMode special = mode.unlessDefault();
        PlanDigest digest = digest(kind, settings, scripts, state, origin, warnings, special);
        return new Plan(kind, settings, scripts, state, origin, warnings, special, digest);
    }

    /** How the scripts run. */
    public RunMode runMode() {
        return mode == null ? RunMode.DEFAULT : mode;
    }

    /** Whether the content is what the digest was made of. */
    @JsonIgnore
    public boolean intact() {
        return digest(kind, settings, scripts, state, origin, warnings, mode).equals(digest);
    }

    /** Fields are written with their length in front, so that no two plans share one byte sequence. */
    private static PlanDigest digest(
            Kind kind,
            FlywaySettings settings,
            List<PlannedScript> scripts,
            TargetState state,
            @Nullable ScriptOrigin origin,
            List<String> warnings,
            @Nullable RunMode mode) {
        MessageDigest sha = sha256();
        feed(sha, "slipway-plan-1", kind.name());
        settings.placeholders().forEach((name, value) -> feed(sha, "placeholder", name, value));
        settings.schemas().forEach(schema -> feed(sha, "schema", schema));
        feed(sha, "outOfOrder", String.valueOf(settings.outOfOrder()));
        feed(sha, "baseline", Objects.toString(settings.baselineVersion(), ""));
        for (PlannedScript script : scripts) {
            feed(
                    sha,
                    "script",
                    script.kind().name(),
                    Objects.toString(script.version(), ""),
                    script.description(),
                    script.name(),
                    Objects.toString(script.checksum(), ""),
                    String.valueOf(script.transactional()),
                    script.sql(),
                    Objects.toString(script.sqlConf(), ""));
            if (script.undo() != null) {
                feed(sha, "undo", script.undo().name(), script.undo().content());
            }
            if (script.undoConf() != null) {
                feed(sha, "undoConf", script.undoConf());
            }
            if (script.resumesAt() != null) {
                feed(sha, "resumesAt", String.valueOf(script.resumesAt()));
            }
            if (script.batch()) {
                feed(sha, "batch");
            }
            if (script.derived() != null) {
                feed(sha, "derived", script.derived().script());
                script.derived().losses().forEach(loss -> feed(sha, "loss", loss));
            }
        }
        feed(
                sha,
                "state",
                state.serverVersion(),
                state.database(),
                Objects.toString(state.systemIdentifier(), ""),
                Objects.toString(state.currentVersion(), ""),
                state.historyDigest());
        if (origin != null) {
            feed(
                    sha,
                    "origin",
                    origin.repository(),
                    origin.revision(),
                    origin.commit(),
                    Objects.toString(origin.path(), ""));
        }
        warnings.forEach(warning -> feed(sha, "warning", warning));
        if (mode != null) {
            feed(sha, "mode", String.valueOf(mode.group()), Objects.toString(mode.runAs(), ""));
            mode.searchPath().forEach(schema -> feed(sha, "searchPath", schema));
        }
        return new PlanDigest("sha256:" + HexFormat.of().formatHex(sha.digest()));
    }

    private static void feed(MessageDigest sha, String... fields) {
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            sha.update(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
