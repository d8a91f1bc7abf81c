package io.slipway.targets.flyway;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.ScriptFile;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Scripts in memory, handed to Flyway as if they lay in a directory: {@code V} and {@code R} files, SQL callbacks and the
 * {@code .sql.conf} files beside them. Undo files are kept apart, since Flyway refuses them. Anything that is not SQL stays
 * out, because Flyway would execute a shell script.
 */
public final class ScriptResources implements ResourceProvider {
    private static final String SQL = ".sql";
    private static final String SQL_CONF = ".sql.conf";
    private static final Pattern UNDO = Pattern.compile("U(\\d+(?:[._]\\d+)*)__.*\\.sql");

    private final Map<String, LoadableResource> scripts = new LinkedHashMap<>();
    private final Map<String, LoadableResource> settings = new LinkedHashMap<>();
    private final Map<MigrationVersion, ScriptFile> undos = new TreeMap<>();

    /**
     * @throws IllegalArgumentException when two files have one name, or two undo files one version; the message names them
     */
    public ScriptResources(List<ScriptFile> files) {
        for (ScriptFile file : files) {
            Matcher undo = UNDO.matcher(filename(file.name()));
            if (undo.matches()) {
                addUndo(new MigrationVersion(undo.group(1)), file);
            } else if (file.name().endsWith(SQL_CONF)) {
                add(settings, file);
            } else if (file.name().endsWith(SQL)) {
                add(scripts, file);
            }
        }
    }

    private void addUndo(MigrationVersion version, ScriptFile file) {
        ScriptFile before = undos.putIfAbsent(version, file);
        if (before != null) {
            throw new IllegalArgumentException(
                    "Two undo scripts have version %s: '%s' and '%s'.".formatted(version, before.name(), file.name()));
        }
    }

    private static void add(Map<String, LoadableResource> into, ScriptFile file) {
        if (into.putIfAbsent(file.name(), new ScriptInMemory(file)) != null) {
            throw new IllegalArgumentException("Two scripts have the name '%s'.".formatted(file.name()));
        }
    }

    /** The script that undoes a version, where there is one; {@code 1.0} finds {@code U1__}. */
    public Optional<ScriptFile> undoFor(MigrationVersion version) {
        return Optional.ofNullable(undos.get(version));
    }

    /** All undo scripts, by ascending version. */
    public Collection<ScriptFile> undos() {
        return List.copyOf(undos.values());
    }

    /** The {@code .sql.conf} beside a script. */
    public Optional<String> settingsFor(String scriptName) {
        return Optional.ofNullable(settings.get(scriptName + ".conf"))
                .map(ScriptInMemory.class::cast)
                .map(ScriptInMemory::content);
    }

    /** The text of a script by its name below the location. */
    public Optional<String> sql(String scriptName) {
        return Optional.ofNullable(scripts.get(scriptName))
                .map(ScriptInMemory.class::cast)
                .map(ScriptInMemory::content);
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        LoadableResource script = scripts.get(name);
        return script != null ? script : settings.get(name);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.values().stream()
                .filter(script -> script.getFilename().startsWith(prefix))
                .filter(script -> Arrays.stream(suffixes).anyMatch(script.getFilename()::endsWith))
                .sorted()
                .toList();
    }

    static String filename(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
