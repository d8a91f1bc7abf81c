package io.slipway.sql.report;

import io.slipway.sql.ast.Name;
import io.slipway.sql.effect.LockTaken;
import io.slipway.sql.effect.Rewrite;
import io.slipway.sql.effect.StatementEffects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What statements will do, for people and as JSON. */
public final class ExplainFormat {
    private ExplainFormat() {}

    /**
     * A statement and what it does.
     *
     * @param closed tables in use that earlier statements of the transaction keep closed meanwhile
     */
    public record Entry(String script, int line, String sql, StatementEffects effects, List<Name> closed) {}

    public static String text(List<Entry> entries) {
        StringBuilder out = new StringBuilder();
        for (Entry entry : entries) {
            out.append("%s:%d: %s\n".formatted(entry.script(), entry.line(), printable(entry.sql())));
            lines(entry)
                    .forEach(line -> out.append("    ").append(printable(line)).append('\n'));
            out.append('\n');
        }
        return out.toString();
    }

    private static List<String> lines(Entry entry) {
        StatementEffects effects = entry.effects();
        List<String> lines = new ArrayList<>();
        for (LockTaken lock : effects.locks()) {
            lines.add(
                    lock.created()
                            ? "lock:     %s on %s, which is new: nobody waits"
                                    .formatted(
                                            lock.mode().title(), lock.relation().sql())
                            : "lock:     %s on %s %s, blocks %s"
                                    .formatted(
                                            lock.mode().title(),
                                            lock.relation().sql(),
                                            lock.hold() == LockTaken.Hold.TRANSACTION
                                                    ? "until the transaction ends"
                                                    : "while it runs",
                                            lock.mode().blocks()));
        }
        if (effects.locks().isEmpty()) {
            lines.add("lock:     none on a table");
        }
        effects.rewrites()
                .forEach(rewrite -> lines.add(
                        "rewrite:  %s: %s%s".formatted(rewrite.relation().sql(), rewrite.why(), assumed(rewrite))));
        effects.indexBuilds().stream()
                .filter(build -> !build.reused())
                .forEach(build -> lines.add("index:    %s is built".formatted(build.index())));
        effects.scans()
                .forEach(scan -> lines.add("reads:    all of %s%s for %s%s"
                        .formatted(
                                scan.relation().sql(),
                                scan.passes() > 1 ? ", %d times,".formatted(scan.passes()) : "",
                                scan.why().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                scan.proven() ? "" : ", if nothing spares it")));
        effects.losses()
                .forEach(loss -> lines.add("loses:    %s (%s)"
                        .formatted(
                                loss.object(),
                                loss.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '))));
        effects.clients()
                .forEach(client -> lines.add("clients:  %s: %s %s"
                        .formatted(
                                client.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                client.object().sql(),
                                client.detail())));
        if (!entry.closed().isEmpty()) {
            lines.add("meanwhile %s stay closed, by earlier statements of the transaction"
                    .formatted(String.join(
                            ", ", entry.closed().stream().map(Name::sql).toList())));
        }
        lines.add("way back: " + effects.reversibility().name().toLowerCase(Locale.ROOT)
                + (effects.transactional() ? "" : "; cannot run in a transaction"));
        effects.unknowns().forEach(unknown -> lines.add("unknown:  " + unknown));
        String failure = effects.failure();
        if (failure != null) {
            lines.add("fails:    " + failure);
        }
        return lines;
    }

    private static String assumed(Rewrite rewrite) {
        return rewrite.proven() ? "" : " (assumed: not all is known)";
    }

    public static String json(List<Entry> entries) {
        List<Map<String, Object>> statements = new ArrayList<>();
        for (Entry entry : entries) {
            StatementEffects effects = entry.effects();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("file", entry.script());
            json.put("line", entry.line());
            json.put("sql", entry.sql());
            json.put("locks", effects.locks().stream().map(ExplainFormat::lock).toList());
            json.put(
                    "rewrites",
                    effects.rewrites().stream()
                            .map(rewrite -> rewrite.relation().sql())
                            .toList());
            json.put(
                    "scans",
                    effects.scans().stream().map(scan -> scan.relation().sql()).toList());
            json.put(
                    "losses",
                    effects.losses().stream().map(loss -> loss.object()).toList());
            json.put("closedMeanwhile", entry.closed().stream().map(Name::sql).toList());
            json.put("reversibility", effects.reversibility().name().toLowerCase(Locale.ROOT));
            json.put("transactional", effects.transactional());
            json.put("unknowns", effects.unknowns());
            String failure = effects.failure();
            if (failure != null) {
                json.put("failure", failure);
            }
            statements.add(json);
        }
        return Json.of(Map.of("statements", statements));
    }

    private static Map<String, Object> lock(LockTaken lock) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("relation", lock.relation().sql());
        json.put("kind", lock.target().name().toLowerCase(Locale.ROOT));
        json.put("mode", lock.mode().title());
        json.put("untilTransactionEnds", lock.hold() == LockTaken.Hold.TRANSACTION);
        json.put("new", lock.created());
        json.put("blocks", lock.mode().blocks());
        return json;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
