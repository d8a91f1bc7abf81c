package io.slipway.acceptance.structure;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A module of the build, and which others it may use: the table of {@code docs/adr/0001}.
 *
 * @param name of its package below {@code io.slipway}
 * @param uses the names of the modules that its main code may depend on
 */
record Module(String folder, String name, Set<String> uses) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> RUNTIME = Set.of("contracts", "eventing", "access", "targets");
    private static final Set<String> RUNTIME_AND_SQL = Set.of("contracts", "eventing", "access", "targets", "sql");

    static final List<Module> ALL = List.of(
            new Module("contracts", "contracts", Set.of()),
            new Module("sql-analysis", "sql", Set.of()),
            new Module("policy", "policy", Set.of()),
            new Module("access", "access", Set.of()),
            new Module("eventing", "eventing", Set.of("contracts")),
            new Module("targets", "targets", Set.of("contracts")),
            new Module("planner-service", "planner", Set.of("contracts", "eventing", "access", "targets", "policy")),
            new Module("validator-service", "validator", RUNTIME_AND_SQL),
            new Module("backup-service", "backup", RUNTIME),
            new Module("executor-service", "executor", RUNTIME_AND_SQL),
            new Module("audit-service", "audit", RUNTIME),
            // It judges scripts and policies without any service, too: both come along as libraries.
            new Module("cli", "cli", Set.of("contracts", "sql", "policy")),
            new Module("local-stack", "localstack", Set.of("contracts")));

    /** What runs in production as a service, or inside one. */
    static final String[] SERVER_PACKAGES = ALL.stream()
            .filter(module -> !module.name.equals("cli") && !module.name.equals("localstack"))
            .map(Module::packages)
            .toArray(String[]::new);

    String packages() {
        return "io.slipway." + name + "..";
    }

    Path sources() {
        return ROOT.resolve(folder).resolve("src/main/java");
    }

    private Path classes() {
        return ROOT.resolve(folder).resolve("target/classes");
    }

    private Path testClasses() {
        return ROOT.resolve(folder).resolve("target/test-classes");
    }

    JavaClasses load() {
        return new ClassFileImporter().importPath(classes());
    }

    static JavaClasses loadAll() {
        return new ClassFileImporter()
                .importPaths(ALL.stream().map(Module::classes).toList());
    }

    static JavaClasses loadAllTests() {
        return new ClassFileImporter()
                .importPaths(ALL.stream()
                        .map(Module::testClasses)
                        .filter(Files::isDirectory)
                        .toList());
    }

    /** The name of the module to which a class of Slipway belongs, such as {@code planner}. */
    static String of(JavaClass type) {
        return type.getPackageName().split("\\.")[2];
    }
}
