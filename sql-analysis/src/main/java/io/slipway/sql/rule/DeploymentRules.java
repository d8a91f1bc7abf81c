package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;
import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the scripts of one deployment do to the same table, each without knowing of the other. */
final class DeploymentRules {
    private static final int HOT = 3;

    private DeploymentRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("cross-migration-lock-budget")
                        .warning(AVAILABILITY, "A table closed by several scripts of one deployment")
                        .in(Profile.STRICT)
                        .happens("Its users wait as many times in one deployment.")
                        .locks("ACCESS EXCLUSIVE, once for each script: " + Locks.ALL + ".")
                        .bad(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nALTER TABLE orders ADD b int;")
                        .good(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nALTER TABLE orders VALIDATE CONSTRAINT c;")
                        .deployment(DeploymentRules::budget),
                Rule.named("hot-table")
                        .info(AVAILABILITY, "A table that three or more scripts of one deployment alter")
                        .in(Profile.STRICT)
                        .happens(
                                "Its users wait again and again; what belongs together is better done in one statement.")
                        .bad(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nALTER TABLE orders ADD b int;\n"
                                        + "-- >> V3__c.sql\nALTER TABLE orders ADD c int;")
                        .good(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nALTER TABLE orders ADD b int;")
                        .deployment(DeploymentRules::hot),
                Rule.named("built-then-rewritten")
                        .warning(
                                AVAILABILITY,
                                "An index that is built, and dropped or built again in the same deployment")
                        .happens("The work is done twice, and the table is locked or loaded twice.")
                        .bad(
                                "-- >> V1__a.sql\nCREATE INDEX CONCURRENTLY i ON orders (a);\n-- >> V2__b.sql\nDROP INDEX CONCURRENTLY i;",
                                "-- >> V1__a.sql\nCREATE INDEX CONCURRENTLY i ON orders (a);\n-- >> V2__b.sql\nALTER TABLE orders ALTER a TYPE"
                                        + " bigint;")
                        .good(
                                "-- >> V1__a.sql\nDROP INDEX CONCURRENTLY IF EXISTS i; CREATE INDEX CONCURRENTLY i ON orders (a);")
                        .deployment(DeploymentRules::twice),
                Rule.named("object-used-before-created")
                        .error(FORMAT, "A table that an earlier statement uses than the one that creates it")
                        .happens(
                                "It fails in a database that has not got the table yet: the next test database, or production.")
                        .bad(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nCREATE TABLE orders (id int);")
                        .good(
                                "-- >> V1__a.sql\nCREATE TABLE orders (id int);\n-- >> V2__b.sql\nALTER TABLE orders ADD a int;",
                                "ALTER TABLE orders RENAME TO orders_old; CREATE TABLE orders (id int);",
                                "DROP TABLE orders; CREATE TABLE orders (id int);")
                        .deployment(DeploymentRules::tooEarly));
    }

    private static List<FileHit> budget(Deployment deployment) {
        Map<Name, MigrationFile> first = new LinkedHashMap<>();
        Set<Name> created = new LinkedHashSet<>();
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            Set<Name> here = new LinkedHashSet<>();
            for (int i = 0; i < file.statements().size(); i++) {
                Statement statement = file.statements().get(i);
                if (statement instanceof Statement.CreateTable create) {
                    created.add(create.name());
                } else if (statement instanceof Statement.AlterTable alter
                        && !created.contains(alter.name())
                        && !alter.actions().stream().allMatch(TableAction.ValidateConstraint.class::isInstance)
                        && here.add(alter.name())) {
                    MigrationFile earlier = first.putIfAbsent(alter.name(), file);
                    if (earlier != null) {
                        hits.add(FileHit.at(
                                file,
                                i,
                                "%s is closed by %s as well."
                                        .formatted(alter.name().sql(), earlier.name())));
                    }
                }
            }
        }
        return hits;
    }

    private static List<FileHit> hot(Deployment deployment) {
        Map<Name, Set<MigrationFile>> altered = new LinkedHashMap<>();
        Set<Name> created = new LinkedHashSet<>();
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            for (int i = 0; i < file.statements().size(); i++) {
                if (file.statements().get(i) instanceof Statement.CreateTable create) {
                    created.add(create.name());
                } else if (file.statements().get(i) instanceof Statement.AlterTable alter
                        && !created.contains(alter.name())) {
                    Set<MigrationFile> files = altered.computeIfAbsent(alter.name(), _ -> new LinkedHashSet<>());
                    if (files.add(file) && files.size() == HOT) {
                        hits.add(FileHit.at(
                                file,
                                i,
                                "%s is altered by %d scripts."
                                        .formatted(alter.name().sql(), HOT)));
                    }
                }
            }
        }
        return hits;
    }

    private static List<FileHit> twice(Deployment deployment) {
        Map<String, Statement.CreateIndex> built = new LinkedHashMap<>();
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            for (int i = 0; i < file.statements().size(); i++) {
                switch (file.statements().get(i)) {
                    case Statement.CreateIndex index -> {
                        if (index.name() != null) {
                            built.put(index.name(), index);
                        }
                    }
                    case Statement.DropObject drop
                    when drop.kind() == ObjectKind.INDEX -> {
                        for (Name name : drop.names()) {
                            if (built.remove(name.local()) != null) {
                                hits.add(FileHit.at(
                                        file,
                                        i,
                                        "%s is built in this deployment, and dropped again.".formatted(name.sql())));
                            }
                        }
                    }
                    case Statement.AlterTable alter -> {
                        for (TableAction action : alter.actions()) {
                            if (action instanceof TableAction.ChangeType change) {
                                built.values().stream()
                                        .filter(index -> index.table()
                                                        .local()
                                                        .equals(alter.name().local())
                                                && index.index().mentions(change.column()))
                                        .findFirst()
                                        .ifPresent(index -> hits.add(FileHit.at(
                                                file,
                                                indexOf(file, alter),
                                                "%s is built in this deployment, and built again for the new type."
                                                        .formatted(Name.quoted(String.valueOf(index.name()))))));
                            }
                        }
                    }
                    default -> {}
                }
            }
        }
        return hits;
    }

    private static int indexOf(MigrationFile file, Statement statement) {
        return file.statements().indexOf(statement);
    }

    private static List<FileHit> tooEarly(Deployment deployment) {
        Map<Name, Boolean> known = new LinkedHashMap<>();
        Map<Name, FileHit> used = new LinkedHashMap<>();
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            for (int i = 0; i < file.statements().size(); i++) {
                switch (file.statements().get(i)) {
                    case Statement.CreateTable create -> {
                        FileHit early = create.ifNotExists() ? null : used.get(create.name());
                        if (early != null && !known.containsKey(create.name())) {
                            hits.add(early);
                        }
                        known.put(create.name(), true);
                    }
                    case Statement.AlterTable alter -> {
                        boolean moves = alter.actions().stream()
                                .anyMatch(action -> action instanceof TableAction.RenameTable
                                        || action instanceof TableAction.SetSchema);
                        if (moves || alter.ifExists()) {
                            known.put(alter.name(), true);
                        } else {
                            used.putIfAbsent(
                                    alter.name(),
                                    FileHit.at(
                                            file,
                                            i,
                                            "%s is used here and created later."
                                                    .formatted(alter.name().sql())));
                        }
                    }
                    case Statement.CreateIndex index ->
                        used.putIfAbsent(
                                index.table(),
                                FileHit.at(
                                        file,
                                        i,
                                        "%s is used here and created later."
                                                .formatted(index.table().sql())));
                    case Statement.DropObject drop -> drop.names().forEach(name -> known.put(name, true));
                    default -> {}
                }
            }
        }
        return hits;
    }
}
