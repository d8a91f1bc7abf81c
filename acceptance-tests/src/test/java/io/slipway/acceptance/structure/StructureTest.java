package io.slipway.acceptance.structure;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StructureTest {
    /** The command line's own package hands its options down to the commands that it lists. */
    private static final String COMMANDS = "io.slipway.cli";

    private static JavaClasses all;
    private static JavaClasses tests;

    @BeforeAll
    static void load() {
        all = Module.loadAll();
        tests = Module.loadAllTests();
    }

    @Test
    void everyModuleIsLookedAt() {
        for (Module module : Module.ALL) {
            assertThat(all.stream().filter(type -> Module.of(type).equals(module.name())))
                    .as("compiled classes of " + module.folder())
                    .isNotEmpty();
        }
    }

    @Test
    void modulesDependOnlyOnThoseThatTheyMayUseAndServicesNeverOnOneAnother() {
        for (Module module : Module.ALL) {
            Set<String> allowed = module.uses();
            noClasses()
                    .that()
                    .resideInAPackage(module.packages())
                    .should()
                    .dependOnClassesThat(
                            are(DescribedPredicate.describe("of another module than %s".formatted(allowed), used -> {
                                boolean ours = used.getPackageName().startsWith("io.slipway.");
                                return ours
                                        && !Module.of(used).equals(module.name())
                                        && !allowed.contains(Module.of(used));
                            })))
                    .as("module %s may use %s only (docs/adr/0001)".formatted(module.folder(), allowed))
                    .check(all);
        }
    }

    @Test
    void contractsHaveNoFrameworkAndDoNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("io.slipway.contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.smallrye..",
                        "jakarta..",
                        "org.eclipse.microprofile..",
                        "org.apache.kafka..",
                        "java.nio.file..",
                        "java.net..",
                        "java.sql..",
                        "javax.sql..")
                .check(all);
    }

    @Test
    void sqlAnalysisAndPolicyAreLibrariesWithoutFrameworkAndWithoutInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage("io.slipway.sql..", "io.slipway.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.smallrye..",
                        "jakarta..",
                        "org.eclipse.microprofile..",
                        "org.flywaydb..",
                        "java.nio.file..",
                        "java.net..",
                        "java.sql..",
                        "javax.sql..")
                .check(all);
    }

    /** The same library parses and tells schemas apart: one package for the one, one class for the other. */
    @Test
    void onlyTheParserPackageAndTheSchemaModelKnowTheLibraryThatTheyWrap() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.slipway.sql.parse..")
                .and(are(DescribedPredicate.describe(
                        "not the schema model",
                        type -> !outermost(type).getFullName().equals("io.slipway.validator.rehearsal.SchemaModel"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.pgcodekeeper..", "org.antlr..")
                .check(all);
    }

    /** A new version of Flyway may change its internals; each class that uses them is named here, with what for. */
    @Test
    void internalsOfFlywayAreUsedByTheNamedClassesOnly() {
        Set<String> allowed = Set.of(
                // Undo, recording, and the SQL parser, none of which Flyway's commands offer.
                "io.slipway.executor.flyway.FlywaySession",
                // Fewer questions for each script, as a database of its own that Flyway finds.
                "io.slipway.executor.flyway.LeanPostgres",
                // Scripts that FlywaySession has parsed.
                "io.slipway.executor.rollback.PlanRollback",
                // The line at which a script failed.
                "io.slipway.executor.execution.SqlFailure",
                // The applied checksum and the resolved script behind a MigrationInfo.
                "io.slipway.planner.plan.MigrationPlans",
                "io.slipway.planner.plan.UndoScripts",
                // The statements of a script, which are counted in the ledger.
                "io.slipway.targets.flyway.ScriptStatements",
                // One look for plugins, not one for each configuration.
                "io.slipway.targets.flyway.KeptPlugins",
                // Rows of paid editions, which the open one does not read.
                "io.slipway.targets.flyway.UndoneMigration");
        noClasses()
                .that(are(DescribedPredicate.describe(
                        "not named in this test",
                        type -> !allowed.contains(outermost(type).getFullName()))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.flywaydb.core.internal..")
                .check(all);
    }

    @Test
    void onlyTheOutboxWritesToKafka() {
        noClasses()
                .that()
                .resideInAnyPackage(Module.SERVER_PACKAGES)
                .and()
                .resideOutsideOfPackage("io.slipway.eventing.outbox..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.clients.producer..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.eclipse.microprofile.reactive.messaging.Emitter")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.eclipse.microprofile.reactive.messaging.Outgoing")
                .as("an emitter inside a transaction breaks it: facts leave through the outbox")
                .check(all);
    }

    @Test
    void packagesAreNamedByWhatTheyAreAbout() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..helper..",
                        "..helpers..",
                        "..impl..",
                        "..dto..",
                        "..model..",
                        "..misc..",
                        "..shared..")
                .check(all);
    }

    @Test
    void classNamesSayAJobAndNotThatThereIsOne() {
        noClasses()
                .that()
                .areTopLevelClasses()
                .should()
                .haveNameMatching(".*(Manager|Handler|Data|Info|Impl|Util|Utils|Helper|Dto|DTO)")
                .check(all.that(
                        are(DescribedPredicate.describe("not db-scheduler's own term", type -> !type.getSimpleName()
                                .equals("TaskData")))));
    }

    @Test
    void packagesOfAModuleFormNoCycle() {
        for (Module module : Module.ALL) {
            slices().assignedFrom(packages()).should().beFreeOfCycles().check(module.load());
        }
    }

    @Test
    void everyPackageSaysWhatLivesThereAndIsNullMarked() throws IOException {
        for (Module module : Module.ALL) {
            try (Stream<Path> found = Files.walk(module.sources())) {
                List<Path> packages = found.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .distinct()
                        .toList();
                assertThat(packages).allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                        .content()
                        .startsWith("/**")
                        .contains("@NullMarked"));
            }
        }
    }

    @Test
    void anInterfaceHasSeveralImplementationsOrIsWrittenForOthers() {
        for (Module module : Module.ALL) {
            classes()
                    .that()
                    .areInterfaces()
                    .and()
                    .areNotAnnotations()
                    .should(haveOtherThanOneImplementation())
                    .check(module.load());
        }
    }

    /** Waiting between attempts is the business of a few loops; everything else in a service is woken. */
    @Test
    void onlyLoopsThatPauseBetweenAttemptsSleepAndNoTestDoes() {
        String[] loops = {
            "io.slipway.eventing.inbox.Transactions",
            "io.slipway.eventing.outbox.RelayThread",
            "io.slipway.executor.lock.LockAttempts",
            "io.slipway.planner.plan.Reach",
            "io.slipway.planner.scripts.GitRepositories",
            "io.slipway.validator.check.TargetChecks"
        };
        noClasses()
                .that()
                .resideInAnyPackage(Module.SERVER_PACKAGES)
                .and(are(DescribedPredicate.describe("no loops of attempts", type -> Arrays.stream(loops)
                        .noneMatch(outermost(type).getFullName()::equals))))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .check(all);
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .check(tests);
    }

    @Test
    void testsRunOnTheRealThingAndMockNothing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mockito..", "org.powermock..", "org.easymock..")
                .check(tests);
    }

    @Test
    void servicesLogAndNeitherPrintNorUseAnotherLogger() {
        noClasses()
                .that()
                .resideInAnyPackage(Module.SERVER_PACKAGES)
                .should(ACCESS_STANDARD_STREAMS)
                .orShould(USE_JAVA_UTIL_LOGGING)
                .check(all);
    }

    @Test
    void valuesAndEventsAreImmutable() {
        classes()
                .that()
                .resideInAPackage("io.slipway.contracts..")
                .and(are(DescribedPredicate.describe(
                        "events", type -> type.isAssignableTo("io.slipway.contracts.event.MigrationEvent"))))
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .check(all);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(StructureTest::outermost).orElse(type);
    }

    private static ArchCondition<JavaClass> haveOtherThanOneImplementation() {
        return new ArchCondition<>("have several implementations, or none in their own module") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                List<JavaClass> implementations = type.getAllSubclasses().stream()
                        .filter(sub -> !sub.isInterface())
                        .filter(sub -> !sub.getModifiers().contains(JavaModifier.ABSTRACT))
                        .toList();
                if (implementations.size() == 1) {
                    events.add(SimpleConditionEvent.violated(
                            type,
                            "%s has one implementation, %s: it needs no interface"
                                    .formatted(
                                            type.getName(),
                                            implementations.getFirst().getName())));
                }
            }
        };
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                var name = type.getPackageName();
                return name.startsWith("io.slipway.") && !name.equals(COMMANDS)
                        ? SliceIdentifier.of(name)
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }
}
