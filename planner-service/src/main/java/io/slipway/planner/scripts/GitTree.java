package io.slipway.planner.scripts;

import io.slipway.contracts.ScriptFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * Reads scripts out of a commit, as {@link ScriptWalk} does out of a directory. Nothing is checked out, so there is no path to
 * escape by and no link to follow.
 */
final class GitTree {
    private static final int MAX_DEPTH = 20;
    private static final int MOST_NAMED = 10;

    private final ObjectReader reader;
    private final int maxFiles;
    private final List<Blob> scripts = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();
    private int seen;

    GitTree(ObjectReader reader, int maxFiles) {
        this.reader = reader;
        this.maxFiles = maxFiles;
    }

    /**
     * What a folder holds.
     *
     * @param files in the order of their names
     */
    record Content(List<ScriptFile> files, List<String> warnings) {}

    private record Blob(String name, ObjectId id) {}

    /**
     * @param folder absent for the top
     */
    Content read(ObjectId commit, @Nullable String folder) throws Unreadable, IOException {
        walk(tree(commit, folder), "", 0);
        long bytes = 0;
        for (Blob blob : scripts) {
            bytes += reader.getObjectSize(blob.id(), Constants.OBJ_BLOB);
        }
        if (ScriptBound.exceededBy(bytes)) {
            throw new Unreadable(ScriptBound.failure(bytes));
        }
        List<ScriptFile> files = new ArrayList<>();
        for (Blob blob : scripts) {
            files.add(ScriptText.file(
                    blob.name(), reader.open(blob.id(), Constants.OBJ_BLOB).getBytes()));
        }
        files.sort(Comparator.comparing(ScriptFile::name));
        return new Content(files, warnings());
    }

    private ObjectId tree(ObjectId commit, @Nullable String folder) throws Unreadable, IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            ObjectId top = walk.parseCommit(commit).getTree();
            if (folder == null) {
                return top;
            }
            String path = checked(folder);
            try (TreeWalk found = TreeWalk.forPath(reader, path, top)) {
                if (found == null || found.getFileMode(0) != FileMode.TREE) {
                    throw new Unreadable(
                            "FOLDER_UNKNOWN",
                            "The commit %s has no folder '%s'.".formatted(commit.name(), folder),
                            "Correct 'path'; links and submodules are not followed.");
                }
                return found.getObjectId(0);
            }
        }
    }

    private static String checked(String folder) throws Unreadable {
        String path = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        boolean plain = !path.contains("\\")
                && path.indexOf('\0') < 0
                && Arrays.stream(path.split("/", -1))
                        .noneMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
        if (!plain) {
            throw new Unreadable(
                    "FOLDER_UNUSABLE",
                    "'%s' is no folder within a repository.".formatted(folder),
                    "Give the path from the repository's top, such as 'db/migration', or leave it out.");
        }
        return path;
    }

    private void walk(ObjectId tree, String prefix, int depth) throws Unreadable, IOException {
        try (TreeWalk entries = new TreeWalk(reader)) {
            entries.addTree(tree);
            while (entries.next()) {
                if (++seen > maxFiles || depth > MAX_DEPTH) {
                    throw tooMany();
                }
                if (!entries.getNameString().startsWith(".")) {
                    take(entries, prefix + entries.getNameString(), depth);
                }
            }
        }
    }

    private void take(TreeWalk entry, String name, int depth) throws Unreadable, IOException {
        FileMode mode = entry.getFileMode(0);
        boolean script = ScriptNames.wanted(entry.getNameString(), depth == 0);
        if (mode == FileMode.TREE) {
            walk(entry.getObjectId(0), name + "/", depth + 1);
        } else if (mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE) {
            if (script) {
                scripts.add(new Blob(name, entry.getObjectId(0)));
            }
        } else if (script) {
            throw new Unreadable(
                    "LINK_NOT_FOLLOWED",
                    "'%s' is a link in the repository; it is not followed.".formatted(name),
                    "Replace the link by the file itself.");
        } else {
            passedOver.add(name);
        }
    }

    /** A link may stand for a folder of scripts, which would be missed in silence. */
    private List<String> warnings() {
        if (passedOver.isEmpty()) {
            return List.of();
        }
        String names = String.join("', '", passedOver.stream().limit(MOST_NAMED).toList());
        return List.of("%d links or submodules were passed over: '%s'%s."
                .formatted(passedOver.size(), names, passedOver.size() > MOST_NAMED ? ", ..." : ""));
    }

    private Unreadable tooMany() {
        return new Unreadable(
                "TOO_MANY_FILES",
                "The folder in the repository holds more than %d entries, or more than %d levels."
                        .formatted(maxFiles, MAX_DEPTH),
                "Name the folder of the scripts as 'path', or raise 'slipway.planner.max-files'.");
    }
}
