package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.ScriptFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The folders below a project's top in which its settings say that the scripts are. */
final class ScriptLocations {
    private static final String FILESYSTEM = "filesystem:";
    private static final Pattern OUTSIDE = Pattern.compile("^/|\\\\|^[A-Za-z]:|(^|/)\\.\\.(/|$)|[*?{]");

    /** Each with a slash at its end, or empty for the top. */
    private final List<String> folders;

    private final List<String> elsewhere;

    private ScriptLocations(List<String> folders, List<String> elsewhere) {
        this.folders = folders;
        this.elsewhere = elsewhere;
    }

    /** Flyway looks into a folder that lies below another one only once. */
    static ScriptLocations of(List<String> locations) {
        List<String> folders = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (String location : locations) {
            if (location.startsWith(FILESYSTEM)) {
                folders.add(folder(location.substring(FILESYSTEM.length())));
            } else {
                elsewhere.add(location);
            }
        }
        folders.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        return new ScriptLocations(folders, elsewhere);
    }

    private static String folder(String path) {
        String plain = path;
        while (plain.startsWith("./")) {
            plain = plain.substring(2);
        }
        while (plain.endsWith("/") && plain.length() > 1) {
            plain = plain.substring(0, plain.length() - 1);
        }
        return plain.isEmpty() || plain.equals(".") ? "" : plain + "/";
    }

    /** What would be read from another place is not there for the executor. */
    Optional<Failure> refusal(String file) {
        return folders.stream()
                .filter(folder -> OUTSIDE.matcher(folder).find())
                .findFirst()
                .map(
                        folder -> Failure.of(
                                "LOCATION_NOT_ALLOWED",
                                "'%s' names the location '%s', which is no plain folder beside or below it."
                                        .formatted(file, FILESYSTEM + folder),
                                "Name folders below the one that the request names; or leave 'locations' out, then all scripts below it are taken."));
    }

    /** Such as those on a class path, in the order in which they are named. */
    List<String> elsewhere() {
        return List.copyOf(elsewhere);
    }

    /** The scripts in these folders, named from there as Flyway does; all of them when there is none. */
    List<ScriptFile> files(List<ScriptFile> all) {
        if (folders.isEmpty()) {
            return all;
        }
        List<ScriptFile> found = new ArrayList<>();
        for (ScriptFile file : all) {
            folders.stream()
                    .filter(folder ->
                            file.name().startsWith(folder) && file.name().length() > folder.length())
                    .findFirst()
                    .ifPresent(folder ->
                            found.add(new ScriptFile(file.name().substring(folder.length()), file.content())));
        }
        found.sort(Comparator.comparing(ScriptFile::name));
        return found;
    }
}
