package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.ScriptFile;
import io.slipway.planner.scripts.ProjectFiles;
import io.slipway.planner.scripts.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Honours the settings of Flyway that lie beside the scripts, as far as they change what the scripts mean. */
final class FlywayProject {
    private static final String PLACEHOLDERS = "flyway.placeholders.";
    private static final int MOST_NAMED = 50;
    private static final int LONGEST_NAME = 100;

    private FlywayProject() {}

    /**
     * @param asked what the request says, which wins
     */
    static Material material(Scripts.Found found, FlywaySettings asked) {
        Optional<ScriptFile> file = file(found, ProjectFiles.TOML).or(() -> file(found, ProjectFiles.CONF));
        if (file.isEmpty()) {
            return new Material.Ready(found.files(), asked, found.origin(), found.warnings());
        }
        try {
            return material(found, asked, file.get().name(), ProjectSettings.parse(file.get()));
        } catch (ProjectSettings.Malformed e) {
            return new Material.Unfit(Failure.of(
                    "SETTINGS_UNREADABLE",
                    "'%s' beside the scripts cannot be read: %s."
                            .formatted(file.get().name(), e.getMessage()),
                    "Correct or remove it."));
        }
    }

    private static Material material(Scripts.Found found, FlywaySettings asked, String file, ProjectSettings project) {
        ScriptLocations locations = ScriptLocations.of(project.list("flyway.locations"));
        Optional<Failure> refusal = locations.refusal(file);
        if (refusal.isPresent()) {
            return new Material.Unfit(refusal.get());
        }
        FlywaySettings settings = settings(asked, project);
        List<String> warnings = new ArrayList<>(found.warnings());
        if (file.equals(ProjectFiles.TOML) && file(found, ProjectFiles.CONF).isPresent()) {
            warnings.add(
                    "'%s' was passed over, since there is a '%s'.".formatted(ProjectFiles.CONF, ProjectFiles.TOML));
        }
        if (!locations.elsewhere().isEmpty()) {
            warnings.add(
                    "'%s' names locations that were passed over: %s.".formatted(file, names(locations.elsewhere())));
        }
        if (!project.unused().isEmpty()) {
            warnings.add("'%s' has settings that were not taken from it: %s.".formatted(file, names(project.unused())));
        }
        return new Material.Ready(scripts(found, locations), settings, found.origin(), warnings);
    }

    private static Optional<ScriptFile> file(Scripts.Found found, String name) {
        return found.files().stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** A baseline is missing here: taking over a database is a decision about one target, so the request must say it. */
    private static FlywaySettings settings(FlywaySettings asked, ProjectSettings project) {
        Map<String, String> placeholders = new TreeMap<>(project.below(PLACEHOLDERS));
        placeholders.putAll(asked.placeholders());
        List<String> schemas = project.schemas();
        boolean outOfOrder = project.text("flyway.outOfOrder")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        return new FlywaySettings(
                placeholders,
                asked.schemas().isEmpty() ? schemas : asked.schemas(),
                asked.outOfOrder() || outOfOrder,
                asked.baselineVersion());
    }

    private static List<ScriptFile> scripts(Scripts.Found found, ScriptLocations locations) {
        List<ScriptFile> scripts = found.files().stream()
                .filter(file ->
                        !file.name().equals(ProjectFiles.TOML) && !file.name().equals(ProjectFiles.CONF))
                .toList();
        return locations.files(scripts);
    }

    /** Names only: values may be secrets. */
    private static String names(List<String> names) {
        List<String> shown = names.stream()
                .limit(MOST_NAMED)
                .map(name ->
                        name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("\\p{Cntrl}", "?"))
                .toList();
        int more = names.size() - shown.size();
        return String.join(", ", shown) + (more == 0 ? "" : " and %d more".formatted(more));
    }
}
