package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.rule.MigrationFile.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names, versions and settings of the files, as Flyway reads them. */
final class FlywayRules {
    private static final Set<String> KEYS =
            Set.of("executeintransaction", "encoding", "placeholderreplacement", "shouldexecute");

    /** A version like 20260131: nobody counts up to there. */
    private static final BigInteger DATE = BigInteger.valueOf(10_000_000);

    private FlywayRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("migration-name")
                        .warning(FORMAT, "A script that Flyway passes over because of its name")
                        .happens(
                                "Flyway neither runs nor mentions it: what it was to do is missing, and the history says that all"
                                        + " is applied.")
                        .bad(
                                "-- >> V1_add.sql\nSELECT 1;",
                                "-- >> Vone__add.sql\nSELECT 1;",
                                "-- >> R1__add.sql\nSELECT 1;")
                        .good(
                                "-- >> V1__add.sql\nSELECT 1;",
                                "-- >> script.sql\nSELECT 1;",
                                "-- >> beforeMigrate.sql\nSELECT 1;")
                        .deployment(FlywayRules::names),
                Rule.named("duplicate-version")
                        .error(FORMAT, "Two scripts of one version")
                        .happens(
                                "Flyway refuses to do anything at all: \"Found more than one migration with version\".")
                        .bad("-- >> V1__a.sql\nSELECT 1;\n-- >> V1.0__b.sql\nSELECT 2;")
                        .good("-- >> V1__a.sql\nSELECT 1;\n-- >> V2__b.sql\nSELECT 2;")
                        .deployment(FlywayRules::duplicates),
                Rule.named("undo-without-version")
                        .error(FORMAT, "An undo script without its versioned script")
                        .happens(
                                "There is nothing that it could undo: its version is mistyped, or the migration is gone.")
                        .bad("-- >> V1__a.sql\nSELECT 1;\n-- >> U1__a.sql\nSELECT 1;\n-- >> U2__b.sql\nSELECT 2;")
                        .good("-- >> V1__a.sql\nSELECT 1;\n-- >> U1__a.sql\nSELECT 2;")
                        .deployment(FlywayRules::undoAlone),
                Rule.named("out-of-order")
                        .error(FORMAT, "A pending version below one that is applied already")
                        .happens(
                                "Flyway refuses it, or passes it over, unless outOfOrder is set; and then this database ran the"
                                        + " scripts in another order than the next one will.")
                        .bad("-- >> applied 5\n-- >> V4__late.sql\nSELECT 1;")
                        .good("-- >> applied 5\n-- >> V6__next.sql\nSELECT 1;")
                        .deployment(FlywayRules::outOfOrder),
                Rule.named("version-order")
                        .warning(FORMAT, "Counted versions beside dated ones")
                        .in(Profile.STRICT)
                        .happens(
                                "Every counted version sorts before every dated one: the next V7 comes too late for a database"
                                        + " that has applied V20260131.")
                        .bad("-- >> V6__a.sql\nSELECT 1;\n-- >> V20260131__b.sql\nSELECT 2;")
                        .good("-- >> V20260130__a.sql\nSELECT 1;\n-- >> V20260131__b.sql\nSELECT 2;")
                        .deployment(FlywayRules::mixedNumbering),
                Rule.named("repeatable-not-idempotent")
                        .error(FORMAT, "A statement in a repeatable script that fails the second time")
                        .happens(
                                "Flyway runs the script again whenever it changes, and then it fails on what is there already.")
                        .bad("-- >> R__a.sql\nCREATE TABLE t (id int);", "-- >> R__a.sql\nALTER TABLE t ADD a int;")
                        .good(
                                "-- >> R__a.sql\nCREATE OR REPLACE VIEW v AS SELECT 1 AS a;",
                                "-- >> R__a.sql\nDROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT 1 AS a;",
                                "-- >> R__a.sql\nCREATE TABLE IF NOT EXISTS t (id int);",
                                "-- >> V1__a.sql\nCREATE TABLE t (id int);")
                        .file(FlywayRules::repeatable),
                Rule.named("script-settings")
                        .warning(FORMAT, "A key in a .sql.conf file that Flyway does not know")
                        .happens("Flyway refuses the file, or takes no notice of what was meant.")
                        .bad("-- >> V1__a.sql\nSELECT 1;\n-- >> V1__a.sql.conf\nexecuteInTransactions=false")
                        .good("-- >> V1__a.sql\nSELECT 1;\n-- >> V1__a.sql.conf\nexecuteInTransaction=false")
                        .file(FlywayRules::settings),
                Rule.named("flyway-callback")
                        .info(FORMAT, "A callback that changes the schema")
                        .in(Profile.STRICT)
                        .happens("It runs with every migration, is recorded nowhere, and has no undo.")
                        .bad("-- >> afterMigrate.sql\nCREATE TABLE IF NOT EXISTS t (id int);")
                        .good("-- >> afterMigrate.sql\nANALYZE orders;")
                        .file(FlywayRules::callback));
    }

    private static List<FileHit> names(Deployment deployment) {
        boolean project = deployment.files().stream().anyMatch(file -> file.kind() != Kind.OTHER);
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            String defect = FlywayName.of(file.name()).defect();
            if (file.kind() == Kind.OTHER
                    && defect != null
                    && (project
                            || defect.startsWith("it has the look")
                            || defect.startsWith("a repeatable")
                            || defect.startsWith("'"))) {
                hits.add(FileHit.of(file, "Flyway passes %s over: %s.".formatted(file.name(), defect)));
            }
        }
        return hits;
    }

    private static List<FileHit> duplicates(Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        for (Kind kind : List.of(Kind.VERSIONED, Kind.UNDO)) {
            Map<FlywayVersion, MigrationFile> first = new LinkedHashMap<>();
            var files = new ArrayList<>(deployment.files());
            files.addAll(deployment.undos());
            for (MigrationFile file : files) {
                if (file.kind() != kind) {
                    continue;
                }
                file.flywayVersion()
                        .map(version -> first.putIfAbsent(version, file))
                        .filter(other -> other != file)
                        .ifPresent(other -> hits.add(
                                FileHit.of(file, "%s has the version of %s.".formatted(file.name(), other.name()))));
            }
        }
        return hits;
    }

    private static List<FileHit> undoAlone(Deployment deployment) {
        if (deployment.rollback() || deployment.files().stream().noneMatch(file -> file.kind() == Kind.VERSIONED)) {
            return List.of();
        }
        return deployment.undos().stream()
                .filter(undo -> deployment.files().stream()
                        .noneMatch(file -> file.kind() == Kind.VERSIONED && file.sameVersion(undo)))
                .filter(undo -> !older(undo, deployment))
                .map(undo -> FileHit.of(undo, "There is no V%s for %s.".formatted(undo.version(), undo.name())))
                .toList();
    }

    /** Of a version that is applied already, and so not among those that run. */
    private static boolean older(MigrationFile undo, Deployment deployment) {
        return applied(deployment)
                .filter(applied -> undo.flywayVersion()
                        .filter(version -> version.compareTo(applied) <= 0)
                        .isPresent())
                .isPresent();
    }

    private static Optional<FlywayVersion> applied(Deployment deployment) {
        String version = deployment.environment().appliedVersion();
        return version == null ? Optional.empty() : FlywayVersion.of(version);
    }

    private static List<FileHit> outOfOrder(Deployment deployment) {
        return applied(deployment)
                .map(applied -> deployment.files().stream()
                        .filter(file -> file.kind() == Kind.VERSIONED
                                && file.flywayVersion()
                                        .filter(version -> version.compareTo(applied) < 0)
                                        .isPresent())
                        .map(file -> FileHit.of(
                                file,
                                "Version %s is below %s, which is applied already."
                                        .formatted(
                                                file.version(),
                                                deployment.environment().appliedVersion())))
                        .toList())
                .orElse(List.of());
    }

    private static List<FileHit> mixedNumbering(Deployment deployment) {
        List<MigrationFile> versioned = deployment.files().stream()
                .filter(file ->
                        file.kind() == Kind.VERSIONED && file.flywayVersion().isPresent())
                .toList();
        boolean dated = versioned.stream().anyMatch(FlywayRules::dated);
        return dated
                ? versioned.stream()
                        .filter(file -> !dated(file))
                        .limit(1)
                        .map(file -> FileHit.of(
                                file,
                                "%s is counted, and others are dated: it sorts before all of them."
                                        .formatted(file.name())))
                        .toList()
                : List.of();
    }

    private static boolean dated(MigrationFile file) {
        return file.flywayVersion()
                .filter(version -> version.parts().getFirst().compareTo(DATE) >= 0)
                .isPresent();
    }

    private static List<FileHit> repeatable(MigrationFile file, Deployment deployment) {
        if (file.kind() != Kind.REPEATABLE) {
            return List.of();
        }
        List<FileHit> hits = new ArrayList<>();
        for (int i = 0; i < file.statements().size(); i++) {
            if (!repeats(file, i)) {
                hits.add(FileHit.at(file, i, "%s fails when the script runs again.".formatted(file.brief(i))));
            }
        }
        return hits;
    }

    private static boolean repeats(MigrationFile file, int index) {
        Phrase phrase = file.phrases().get(index);
        return switch (phrase.word(0)) {
            case "CREATE" ->
                phrase.has("IF NOT EXISTS")
                        || phrase.has("OR REPLACE")
                        || phrase.has("TEMP")
                        || phrase.has("TEMPORARY")
                        || phrase.has("INDEX ON")
                        || droppedBefore(file, index);
            case "DROP" -> phrase.has("IF EXISTS");
            case "ALTER" ->
                !(file.statements().get(index) instanceof Statement.AlterTable alter)
                        || phrase.has("IF EXISTS")
                        || phrase.has("IF NOT EXISTS")
                        || alter.actions().stream().noneMatch(FlywayRules::onlyOnce)
                        || createdBefore(file, index, alter);
            default -> true;
        };
    }

    private static boolean onlyOnce(io.slipway.sql.ast.TableAction action) {
        return switch (action) {
            case io.slipway.sql.ast.TableAction.AddColumn _,
                    io.slipway.sql.ast.TableAction.DropColumn _,
                    io.slipway.sql.ast.TableAction.RenameColumn _,
                    io.slipway.sql.ast.TableAction.RenameTable _,
                    io.slipway.sql.ast.TableAction.RenameConstraint _,
                    io.slipway.sql.ast.TableAction.AddConstraint _,
                    io.slipway.sql.ast.TableAction.DropConstraint _ -> true;
            default -> false;
        };
    }

    private static boolean createdBefore(MigrationFile file, int index, Statement.AlterTable alter) {
        return file.statements().subList(0, index).stream()
                .anyMatch(before -> before instanceof Statement.CreateTable create
                        && create.name().equals(alter.name()));
    }

    /** By a DROP IF EXISTS of anything of that name: views, functions and types are often made anew that way. */
    private static boolean droppedBefore(MigrationFile file, int index) {
        boolean index1 = file.statements().get(index) instanceof Statement.CreateIndex;
        return file.statements().subList(0, index).stream()
                        .anyMatch(before -> before instanceof Statement.DropObject drop
                                        && (index1
                                                ? drop.kind() == ObjectKind.INDEX || drop.kind() == ObjectKind.TABLE
                                                : true)
                                || before instanceof Statement.CreateTable && index1)
                || file.phrases().subList(0, index).stream().anyMatch(before -> before.starts("DROP"));
    }

    private static List<FileHit> settings(MigrationFile file, Deployment deployment) {
        return file.settings().values().keySet().stream()
                .filter(key -> !KEYS.contains(key.toLowerCase(java.util.Locale.ROOT)))
                .map(key -> FileHit.of(file, "Flyway does not know the setting %s of this script.".formatted(key)))
                .toList();
    }

    private static List<FileHit> callback(MigrationFile file, Deployment deployment) {
        if (file.kind() != Kind.CALLBACK) {
            return List.of();
        }
        for (int i = 0; i < file.phrases().size(); i++) {
            if (Set.of("CREATE", "ALTER", "DROP").contains(file.phrases().get(i).word(0))) {
                return List.of(FileHit.at(file, i, "The callback changes the schema on every run."));
            }
        }
        return List.of();
    }
}
