package io.slipway.sql.rule;

import io.slipway.sql.analyze.Analysis;
import io.slipway.sql.analyze.AnalysisSettings;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.analyze.Script.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the notation of {@link Example}, and analyses what it says. */
public final class ExampleFixture {
    private static final Pattern SECTION = Pattern.compile("(?m)^-- >> (.+)$");
    private static final String UNNAMED = "V1__example.sql";

    private final Map<String, String> files = new LinkedHashMap<>();
    private final StringBuilder before = new StringBuilder();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable String applied;
    private int serverVersion = Environment.UNKNOWN.serverVersion();

    private ExampleFixture(String text) {
        Matcher section = SECTION.matcher(text);
        String name = UNNAMED;
        int from = 0;
        while (section.find()) {
            add(name, text.substring(from, section.start()));
            name = section.group(1).strip();
            from = Math.min(text.length(), section.end() + 1);
        }
        add(name, text.substring(from));
    }

    private void add(String name, String content) {
        if (name.startsWith("applied ")) {
            applied = name.substring("applied ".length());
        } else if (name.startsWith("pg ")) {
            serverVersion = Integer.parseInt(name.substring("pg ".length()));
        } else if (name.equals("before")) {
            before.append(content);
            return;
        } else if (name.endsWith(".conf")) {
            settings.put(name.substring(0, name.length() - ".conf".length()), content);
            return;
        }
        boolean file = name.endsWith(".sql") && !(name.equals(UNNAMED) && content.isBlank());
        if (file) {
            files.put(name, content);
        } else if (!content.isBlank()) {
            files.put(UNNAMED, content);
        }
    }

    public static ExampleFixture read(String example) {
        return new ExampleFixture(example);
    }

    public static Analysis run(String example, RulePolicy policy) {
        ExampleFixture read = read(example);
        Environment environment =
                Environment.UNKNOWN.withAppliedVersion(read.applied).withServerVersion(read.serverVersion);
        List<Script> earlier = read.before.isEmpty()
                ? List.of()
                : List.of(new Script("before", Kind.OTHER, null, read.before.toString()));
        return new PlanAnalyzer(new AnalysisSettings(environment, policy)).analyze(earlier, read.scripts());
    }

    /** What the database holds already. */
    public String before() {
        return before.toString();
    }

    /** The major version of PostgreSQL that it is about. */
    public int serverVersion() {
        return serverVersion;
    }

    public List<Script> scripts() {
        List<Script> scripts = new ArrayList<>();
        files.forEach((name, sql) -> {
            FlywayName read = FlywayName.of(name);
            scripts.add(new Script(name, Kind.valueOf(read.kind().name()), read.version(), sql, settings.get(name)));
        });
        return scripts;
    }
}
