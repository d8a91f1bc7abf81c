package io.slipway.planner.scripts;

/** Which files of a folder belong to a plan's making. */
final class ScriptNames {
    private ScriptNames() {}

    /** Scripts and their settings anywhere, Flyway's settings at the top. */
    static boolean wanted(String filename, boolean atTop) {
        return filename.endsWith(".sql")
                || filename.endsWith(".sql.conf")
                || (atTop && (filename.equals(ProjectFiles.TOML) || filename.equals(ProjectFiles.CONF)));
    }
}
