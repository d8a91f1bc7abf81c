package io.slipway.sql.report;

import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Rule.Category;
import io.slipway.sql.rule.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All rules: as the page of the documentation, and as JSON. */
public final class RuleCatalogue {
    private RuleCatalogue() {}

    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Rules

                Made from the rules themselves; `./mvnw -pl sql-analysis test -Dtest=RuleCatalogueTest -Dslipway.docs.write=true` writes this
                page anew. The examples are the rules' tests. In an example `-- >> V2__name.sql` begins another file, and what stands below
                `-- >> before` is in the database already.

                An **error** refuses the run. The profile `default` is quiet on sound migrations; `strict` also shows what may be sound,
                `advice` also what is a matter of design.

                """);
        for (Category category : Category.values()) {
            page.append("- [%s](#%s): %d\n"
                    .formatted(
                            category.title(),
                            anchor(category.title()),
                            of(category).size()));
        }
        for (Category category : Category.values()) {
            page.append("\n## ").append(category.title()).append('\n');
            for (Rule rule : of(category)) {
                page.append("\n### ").append(rule.id()).append("\n\n").append(RulePage.markdown(rule));
            }
        }
        return page.toString();
    }

    public static String json() {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Category category : Category.values()) {
            for (Rule rule : of(category)) {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("id", rule.id());
                json.put("category", category.name().toLowerCase(Locale.ROOT));
                json.put("severity", JsonFormat.word(rule.severity()));
                json.put("profile", rule.profile().word());
                json.put("title", rule.title());
                json.put("whatHappens", rule.whatHappens());
                String lock = rule.lock();
                if (lock != null) {
                    json.put("lock", lock);
                }
                rules.add(json);
            }
        }
        return Json.of(Map.of("rules", rules));
    }

    private static List<Rule> of(Category category) {
        return Rules.all().stream()
                .filter(rule -> rule.category() == category)
                .sorted(Comparator.comparing(Rule::id))
                .toList();
    }

    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", "").replace(' ', '-');
    }
}
