package io.slipway.sql.report;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Severity;
import io.slipway.sql.source.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SARIF 2.1.0. Lines and columns are 1-based, and columns count UTF-16 code units, as the report says of itself. */
final class SarifFormat {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private SarifFormat() {}

    static String render(Report report) {
        List<Rule> rules = report.rules();
        List<String> ids = rules.stream().map(Rule::id).toList();
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "Slipway");
        driver.put("semanticVersion", report.version().replaceFirst("^slipway ", ""));
        driver.put("rules", rules.stream().map(SarifFormat::rule).toList());
        List<Map<String, Object>> results = new java.util.ArrayList<>();
        report.findings().forEach(finding -> results.add(result(finding, ids, report.source(finding))));
        report.suppressed().forEach(silenced -> {
            Map<String, Object> result = result(silenced.finding(), ids, report.source(silenced.finding()));
            result.put("suppressions", List.of(ordered("kind", "inSource", "justification", silenced.reason())));
            results.add(result);
        });
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "utf16CodeUnits");
        run.put(
                "artifacts",
                report.sources().keySet().stream()
                        .map(name -> ordered("location", Map.of("uri", uri(name)), "sourceLanguage", "sql"))
                        .toList());
        run.put("results", results);
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return Json.of(log);
    }

    private static Map<String, Object> rule(Rule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", rule.id());
        json.put("name", pascal(rule.id()));
        json.put("shortDescription", Map.of("text", rule.title() + "."));
        json.put("fullDescription", Map.of("text", rule.whatHappens()));
        json.put("help", ordered("text", RulePage.text(rule), "markdown", RulePage.markdown(rule)));
        json.put("defaultConfiguration", Map.of("level", level(rule.severity())));
        json.put(
                "properties",
                Map.of(
                        "tags",
                        List.of(
                                "postgresql",
                                "migration",
                                rule.category()
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', '-'))));
        return json;
    }

    private static Map<String, Object> result(Finding finding, List<String> ids, Source source) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ruleId", finding.ruleId());
        int index = ids.indexOf(finding.ruleId());
        if (index >= 0) {
            json.put("ruleIndex", index);
        }
        json.put("level", level(finding.severity()));
        json.put("message", ordered("text", text(finding)));
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", Map.of("uri", uri(finding.script())));
        if (finding.line() > 0) {
            Position end = source.end(finding);
            Map<String, Object> region = new LinkedHashMap<>();
            region.put("startLine", finding.line());
            region.put("startColumn", finding.column());
            region.put("endLine", end.line());
            region.put("endColumn", end.column());
            physical.put("region", region);
        }
        json.put("locations", List.of(Map.of("physicalLocation", physical)));
        json.put("partialFingerprints", Map.of("slipwayFinding/v1", Fingerprint.of(finding, source)));
        return json;
    }

    private static String text(Finding finding) {
        StringBuilder text = new StringBuilder(finding.message()).append(' ').append(finding.whatHappens());
        String lock = finding.lock();
        if (lock != null) {
            text.append("\n\nLock: ").append(lock);
        }
        String safer = finding.saferSql();
        if (safer != null) {
            text.append("\n\nSafe form:\n").append(safer);
        }
        return text.toString();
    }

    static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    /** A path as a relative URI: what is no letter of a URI is written in percent. */
    static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        path.replace('\\', '/').codePoints().forEach(c -> {
            if (c < 0x80) {
                boolean plain = Character.isLetterOrDigit(c) || "/-._~!$&'()*+,=@".indexOf(c) >= 0;
                uri.append(plain ? Character.toString(c) : "%%%02X".formatted(c));
            } else {
                int bytes = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
                uri.append("%%%02X".formatted((0xf00 >> bytes & 0xff) | c >> 6 * (bytes - 1)));
                for (int i = bytes - 2; i >= 0; i--) {
                    uri.append("%%%02X".formatted(0x80 | c >> 6 * i & 0x3f));
                }
            }
        });
        return uri.toString();
    }

    private static String pascal(String id) {
        StringBuilder name = new StringBuilder();
        for (String word : id.split("[-_]")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
