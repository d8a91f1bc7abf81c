package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.List;

/** Partitions that come and go. */
final class PartitionRules {
    private PartitionRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("detach-partition-not-concurrent")
                        .warning(AVAILABILITY, "DETACH PARTITION without CONCURRENTLY")
                        .happens(
                                "It waits for every query on the partitioned table, and every query on any partition that comes"
                                        + " through it waits behind.")
                        .locks("ACCESS EXCLUSIVE on the partitioned table and on the partition: " + Locks.ALL + ".")
                        .bad("ALTER TABLE event DETACH PARTITION event_2020;")
                        .good(
                                "ALTER TABLE event DETACH PARTITION event_2020 CONCURRENTLY;",
                                "CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p DEFAULT; ALTER TABLE p"
                                        + " DETACH PARTITION p1;")
                        .statement(PartitionRules::detach),
                Rule.named("attach-partition-scan")
                        .warning(AVAILABILITY, "ATTACH PARTITION that reads the whole partition")
                        .happens(
                                "All rows are read to see whether they belong there, while nobody can use that table. With a default"
                                        + " partition, that one is read as well.")
                        .locks(
                                "ACCESS EXCLUSIVE on the table that is attached; SHARE UPDATE EXCLUSIVE on the parent, where reads and"
                                        + " writes go on.")
                        .bad("ALTER TABLE event ATTACH PARTITION event_2020 FOR VALUES FROM (1) TO (2);")
                        .good(
                                "CREATE TABLE event_2030 (LIKE event INCLUDING ALL); ALTER TABLE event ATTACH PARTITION event_2030 FOR"
                                        + " VALUES FROM (1) TO (2);",
                                """
                                -- >> V1__a.sql
                                ALTER TABLE event_2020 ADD CONSTRAINT bounds CHECK (id >= 1 AND id < 2) NOT VALID;
                                -- >> V2__b.sql
                                ALTER TABLE event_2020 VALIDATE CONSTRAINT bounds;
                                -- >> V3__c.sql
                                ALTER TABLE event ATTACH PARTITION event_2020 FOR VALUES FROM (1) TO (2);""")
                        .statement(PartitionRules::attach),
                Rule.named("create-partition-locks-parent")
                        .warning(AVAILABILITY, "CREATE TABLE ... PARTITION OF a table in use")
                        .happens("It waits for every query on the partitioned table, and all others wait behind it.")
                        .locks("ACCESS EXCLUSIVE on the partitioned table: " + Locks.ALL + ".")
                        .bad("CREATE TABLE event_2030 PARTITION OF event FOR VALUES FROM (1) TO (2);")
                        .good(
                                "CREATE TABLE event_2030 (LIKE event INCLUDING ALL); ALTER TABLE event ATTACH PARTITION event_2030 FOR"
                                        + " VALUES FROM (1) TO (2);",
                                "CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p DEFAULT;")
                        .statement(PartitionRules::create));
    }

    private static List<Hit> detach(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter
                ? alter.actions().stream()
                        .filter(action -> action instanceof TableAction.DetachPartition detach
                                && !detach.concurrently()
                                && situation.exists(alter.name()))
                        .map(action -> {
                            Name partition = ((TableAction.DetachPartition) action).partition();
                            return Hit.of(
                                            action.span(),
                                            "DETACH PARTITION blocks everybody on %s."
                                                    .formatted(alter.name().sql()))
                                    .locks(Locks.accessExclusive(alter.name(), partition))
                                    .safer("-- With executeInTransaction=false in the script's .conf file:\n"
                                            + "ALTER TABLE %s DETACH PARTITION %s CONCURRENTLY;"
                                                    .formatted(alter.name().sql(), partition.sql()));
                        })
                        .toList()
                : List.of();
    }

    private static List<Hit> attach(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter
                ? alter.actions().stream()
                        .filter(TableAction.AttachPartition.class::isInstance)
                        .map(TableAction.AttachPartition.class::cast)
                        .filter(attach -> attach.bound() != null)
                        .filter(attach ->
                                situation.exists(attach.partition()) && !prepared(attach.partition(), situation))
                        .map(attach -> Hit.of(
                                        attach.span(),
                                        "ATTACH PARTITION reads all of %s while nobody can use it."
                                                .formatted(attach.partition().sql()))
                                .locks(Locks.accessExclusive(attach.partition()))
                                .safer("""
                                -- In earlier migrations, with the bounds of the partition as the condition:
                                -- ALTER TABLE %1$s ADD CONSTRAINT %2$s CHECK (...) NOT VALID;
                                ALTER TABLE %1$s VALIDATE CONSTRAINT %2$s;""".formatted(
                                                attach.partition().sql(),
                                                Name.quoted(attach.partition().local() + "_bounds")))
                                .growsWith(attach.partition()))
                        .toList()
                : List.of();
    }

    /** A CHECK of it was validated before: taken on trust to be the one that matches. */
    private static boolean prepared(Name partition, Situation situation) {
        return situation.deployment().files().stream()
                .flatMap(file -> file.statements().stream())
                .takeWhile(before -> before != situation.whole())
                .anyMatch(before -> before instanceof Statement.AlterTable alter
                        && situation.pending().same(alter.name(), partition)
                        && alter.actions().stream().anyMatch(TableAction.ValidateConstraint.class::isInstance));
    }

    private static List<Hit> create(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.CreateTable create)) {
            return List.of();
        }
        Name parent = create.partitionOf();
        if (parent == null || !situation.exists(parent)) {
            return List.of();
        }
        String bounds = situation.text().replaceFirst("(?is)^.*?\\bPARTITION\\s+OF\\s+\\S+\\s*", "");
        boolean plain = bounds.matches("(?is)(FOR\\s+VALUES|DEFAULT)\\b.*");
        return List.of(
                Hit.of(create.span(), "CREATE TABLE ... PARTITION OF blocks everybody on %s.".formatted(parent.sql()))
                        .locks(Locks.accessExclusive(parent))
                        .safer("""
                CREATE TABLE %1$s (LIKE %2$s INCLUDING ALL);
                %4$sALTER TABLE %2$s ATTACH PARTITION %1$s %3$s;""".formatted(
                                        create.name().sql(),
                                        parent.sql(),
                                        plain ? bounds : "DEFAULT",
                                        plain ? "" : "-- With its bounds:\n")));
    }
}
