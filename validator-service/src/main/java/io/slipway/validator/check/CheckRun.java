package io.slipway.validator.check;

import io.quarkus.runtime.Startup;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.validator.ValidatorConfig;
import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.check.backup.BackupCheck;
import io.slipway.validator.check.disk.DiskCheck;
import io.slipway.validator.check.outcome.Check;
import io.slipway.validator.check.outcome.CheckSetting;
import io.slipway.validator.check.outcome.CheckSettings;
import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.outcome.Unit;
import io.slipway.validator.check.privilege.PrivilegeChecks;
import io.slipway.validator.check.relation.RelationChecks;
import io.slipway.validator.check.replication.ReplicationChecks;
import io.slipway.validator.check.server.ServerChecks;
import io.slipway.validator.check.session.SessionChecks;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the checks that configuration allows, one after the other, and lets none of them stop the others. */
@Startup
@ApplicationScoped
class CheckRun {
    private static final Logger LOG = Logger.getLogger(CheckRun.class);
    private static final LiveRelations NONE = new LiveRelations(List.of());

    private final CheckSettings settings;
    private final BackupCheck backup;
    private final DiskCheck disk;
    private final boolean unknownRefuses;
    private final Duration budget;

    /** Wrong settings stop the service here, at its start. */
    CheckRun(ValidatorConfig config, BackupCheck backup, DiskCheck disk) {
        this.settings = CheckSettings.of(config.checks());
        this.backup = backup;
        this.disk = disk;
        this.unknownRefuses = config.unknownRefuses();
        this.budget = config.checkBudget();
    }

    List<PreMigrationCheck> run(Connection target, Ground ground) throws InterruptedException {
        Instant end = Instant.now().plus(budget);
        List<PreMigrationCheck> checks = new ArrayList<>();
        for (Check check : Check.values()) {
            CheckSetting setting = settings.of(check);
            if (setting.enabled()) {
                Judgement judgement = Instant.now().isAfter(end)
                        ? UnansweredPolicy.outOfTime(budget)
                        : judge(check, target, ground, setting.limit());
                checks.add(result(check, setting, judgement));
            }
        }
        return checks;
    }

    private Judgement judge(Check check, Connection target, Ground ground, long limit) throws InterruptedException {
        LiveRelations relations = ground.relations();
        if (check.onRelations() && relations == null) {
            return UnansweredPolicy.relationsUnread(String.valueOf(ground.unread()));
        }
        try {
            return ask(check, target, ground, relations == null ? NONE : relations, limit);
        } catch (SQLException e) {
            LOG.infof(
                    "A check was not answered: target=%s check=%s sqlState=%s",
                    ground.target().id(), check.text(), e.getSQLState());
            return UnansweredPolicy.of(e);
        } catch (RuntimeException e) {
            // A defect of one check must neither refuse a run nor hide what the others see.
            LOG.errorf(
                    e, "A check has failed: target=%s check=%s", ground.target().id(), check.text());
            return UnansweredPolicy.of(e);
        }
    }

    private Judgement ask(Check check, Connection target, Ground ground, LiveRelations relations, long limit)
            throws SQLException, InterruptedException {
        return switch (check) {
            case PENDING -> PlanRemarks.pending(ground.plan());
            case BACKUP -> backup.judge(ground.target().id(), limit);
            case PRIVILEGES ->
                MigratingRole.as(
                        target,
                        ground.target(),
                        () -> PrivilegeChecks.privileges(
                                target,
                                relations,
                                ground.footprint(),
                                ground.target().session().ledgerSchema()));
            case EXTENSIONS ->
                MigratingRole.as(target, ground.target(), () -> PrivilegeChecks.extensions(target, ground.footprint()));
            case CONNECTIONS -> ServerChecks.connections(target, limit);
            case LONG_TRANSACTIONS -> SessionChecks.longTransactions(target, limit);
            case IDLE_IN_TRANSACTION -> SessionChecks.idleInTransaction(target, limit);
            case PREPARED_TRANSACTIONS -> SessionChecks.prepared(target, limit);
            case REPLICATION_LAG -> ReplicationChecks.lag(target, limit);
            case REPLICATION_SLOTS -> ReplicationChecks.slots(target, limit);
            case WRAPAROUND -> ServerChecks.wraparound(target, relations, limit);
            case LOCKS -> RelationChecks.locks(target, relations, limit);
            case AUTOVACUUM -> RelationChecks.autovacuum(target, relations, limit);
            case INVALID_INDEXES ->
                RelationChecks.invalidIndexes(
                        target, relations, ground.footprint().words(), limit);
            case SEQUENCES -> RelationChecks.sequences(target, relations, limit);
            case DISK_SPACE ->
                disk.judge(
                        target,
                        ground.target(),
                        relations,
                        ground.sizes(),
                        ground.footprint(),
                        ground.forecast(),
                        limit);
        };
    }

    private PreMigrationCheck result(Check check, CheckSetting setting, Judgement judgement) {
        boolean unknown = judgement.outcome() == Outcome.UNKNOWN;
        boolean bounded = check.defaultLimit().isPresent();
        return new PreMigrationCheck(
                check.text(),
                judgement.outcome() == Outcome.PASSED,
                setting.critical() && (!unknown || unknownRefuses),
                judgement.detail(),
                judgement.outcome(),
                judgement.figure(),
                bounded ? setting.limit() : null,
                unit(check, judgement),
                judgement.advice());
    }

    private static @Nullable String unit(Check check, Judgement judgement) {
        boolean counted = judgement.figure() != null || check.defaultLimit().isPresent();
        return counted ? check.unit().map(Unit::symbol).orElse(null) : null;
    }
}
