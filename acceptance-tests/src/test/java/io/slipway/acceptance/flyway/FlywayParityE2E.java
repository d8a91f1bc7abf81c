package io.slipway.acceptance.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.acceptance.stack.PostgresPrograms;
import io.slipway.acceptance.stack.Requests;
import io.slipway.acceptance.stack.Sql;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.localstack.server.Database;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FlywayParityE2E {
    private static final String LAST = "20260115.0930";

    /** The schema that holds Flyway's table. */
    private static final String HISTORY = LibraryFixture.SCHEMAS.getFirst();

    private static Stack stack;
    private static LibraryFixture library;

    /** Migrated by plain Flyway from beginning to end: what all others must equal. */
    private static Database model;

    @BeforeAll
    static void migrateTheModel() throws Exception {
        stack = Stack.running();
        library = LibraryFixture.in(stack.scriptDirectory().resolve("library"));
        model = stack.newDatabase();
        library.plain(model, "latest").migrate();
    }

    @Test
    void baselineIsAsLongAsThoseOfLargeProjects() {
        assertThat(LibraryFixture.baseline().lines().count()).isGreaterThan(3_000);
    }

    @Test
    void emptyDatabaseBecomesWhatPlainFlywayMakesOfTheSameDirectory() {
        // Given
        var target = stack.newTarget();

        // When
        var end = stack.events().awaitEnd(migrate(target));

        // Then
        assertThat(end).isInstanceOf(MigrationApplied.class);
        isLike(model, target);
    }

    @Test
    void databaseThatPlainFlywayMigratedHalfWayIsTakenOverAndFinished() {
        // Given
        var target = stack.newTarget();
        var model = stack.newDatabase();
        for (var database : List.of(target.database(), model)) {
            library.plain(database, "2.1").migrate();
        }

        // When
        var end = stack.events().awaitEnd(migrate(target));

        // Then
        library.plain(model, "latest").migrate();
        assertThat(end).isInstanceOfSatisfying(MigrationApplied.class, applied -> assertThat(applied.migrations())
                .extracting(migration -> migration.script())
                .startsWith("lending/V2.9__fines.sql", "lending/V2.10__fines_are_paid.sql")
                .endsWith("V20260115.0930__branches.sql"));
        isLike(model, target);
        assertThat(library.plain(target.database(), "latest").migrate().migrationsExecuted)
                .isZero();
    }

    @Test
    void plainFlywayGoesOnWorkingAfterARollbackAndAfterApplyingAgain() {
        // Given
        var target = stack.newTarget();
        var plain = library.plain(target.database(), "latest");
        plain.migrate();
        var undo = stack.scriptDirectory().relativize(library.folder()).toString();

        // When
        var back = stack.events().awaitEnd(rollBack(target, undo));
        var afterRollback = state(plain.info().all());
        var appliedByFlyway = plain.migrate().migrationsExecuted;
        var backAgain = stack.events().awaitEnd(rollBack(target, undo));
        var forward = stack.events().awaitEnd(migrate(target));

        // Then
        assertThat(back).isInstanceOf(RollbackApplied.class);
        assertThat(afterRollback).isEqualTo(MigrationState.PENDING);
        assertThat(appliedByFlyway).isEqualTo(1);
        assertThat(backAgain).isInstanceOf(RollbackApplied.class);
        assertThat(forward).isInstanceOf(MigrationApplied.class);
        plain.validate();
        assertThat(state(plain.info().all())).isEqualTo(MigrationState.SUCCESS);
        assertThat(plain.migrate().migrationsExecuted).isZero();
        assertThat(schema(target.database())).isEqualTo(schema(model));
    }

    @Test
    void goesOnWithAHistoryThatAPaidEditionOfFlywayHasWritten() throws Exception {
        // Given
        var target = stack.newTarget();
        library.plain(target.database(), "latest").migrate();
        var undo = stack.scriptDirectory().relativize(library.folder()).toString();
        stack.events().awaitEnd(rollBack(target, undo));
        try (var connection = target.database().dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "update %s.flyway_schema_history set type = 'UNDO_SQL' where type = 'DELETE'".formatted(HISTORY));
        }

        // When
        var forward = stack.events().awaitEnd(migrate(target));
        var back = stack.events().awaitEnd(rollBack(target, undo));

        // Then
        assertThat(forward).isInstanceOf(MigrationApplied.class);
        assertThat(back).isInstanceOf(RollbackApplied.class);
    }

    private static RunId migrate(Target target) {
        var directory = new ScriptSource.Directory("library");
        return stack.requests().publish(Requests.migration(target.id(), directory, library.settings()));
    }

    private static RunId rollBack(Target target, String scripts) {
        return stack.requests()
                .publish(Requests.rollback(target.id(), "-1", new ScriptSource.Directory(scripts), library.settings()));
    }

    /** Of the last version, as {@code flyway info} shows it at the end. */
    private static MigrationState state(MigrationInfo[] all) {
        return Arrays.stream(all)
                .filter(migration -> migration.getVersion() != null
                        && migration.getVersion().getVersion().equals(LAST))
                .toList()
                .getLast()
                .getState();
    }

    private static void isLike(Database model, Target target) {
        assertThat(target.sql().history(HISTORY)).isEqualTo(new Sql(model).history(HISTORY));
        assertThat(schema(target.database())).isEqualTo(schema(model));
    }

    private static List<String> schema(Database database) {
        return PostgresPrograms.schemaOf(database);
    }
}
