package io.slipway.planner.scripts;

import io.slipway.planner.PlannerConfig.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.SshConfigStore;
import org.eclipse.jgit.transport.SshConstants;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.sshd.JGitKeyCache;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/** What the configuration lets the planner show to a repository: nothing of the user's own SSH and Git settings is used. */
final class GitCredentials {
    private static final String SETTINGS = "slipway.planner.git";

    private final Collection<GitRepository> configured;

    GitCredentials(Collection<GitRepository> configured) {
        this.configured = List.copyOf(configured);
    }

    /** The settings whose prefix fits best. */
    Optional<GitRepository> of(RepositoryUrl url) {
        return configured.stream()
                .filter(repository -> RepositoryRules.below(repository.urlPrefix(), url))
                .max(Comparator.comparingInt(
                        repository -> repository.urlPrefix().length()));
    }

    @Nullable
    UsernamePasswordCredentialsProvider password(RepositoryUrl url) throws Unreadable {
        Optional<GitRepository> settings =
                of(url).filter(repository -> repository.passwordFile().isPresent());
        if (url.scheme() != RepositoryUrl.Scheme.HTTPS || settings.isEmpty()) {
            return null;
        }
        Path file = settings.get().passwordFile().orElseThrow();
        try {
            String password = Files.readString(file).strip();
            return new UsernamePasswordCredentialsProvider(
                    settings.get().username().orElse("git"), password);
        } catch (IOException e) {
            throw new Unreadable(
                    "CREDENTIALS_UNREADABLE",
                    "The password file '%s' for '%s' cannot be read: %s."
                            .formatted(file, url.text(), e.getClass().getSimpleName()),
                    "Correct 'password-file' below '%s', or let the planner's user read the file.".formatted(SETTINGS),
                    e);
        }
    }

    /**
     * Sessions with the configured key, to hosts whose keys are known.
     *
     * @param home a directory in which SSH finds nothing of its own
     */
    SshdSessionFactory sessions(RepositoryUrl url, Path home) throws Unreadable {
        Path key = file(url, of(url).flatMap(GitRepository::sshKey), "ssh-key");
        Path hosts = file(url, of(url).flatMap(GitRepository::knownHosts), "known-hosts");
        return new SshdSessionFactoryBuilder()
                .setHomeDirectory(home.toFile())
                .setSshDirectory(home.toFile())
                .setConfigStoreFactory((_, _, _) -> new StrictHosts())
                .setDefaultKnownHostsFiles(_ -> List.of(hosts))
                .setDefaultIdentities(_ -> List.of(key))
                .setPreferredAuthentications("publickey")
                .setConnectorFactory(null)
                .build(new JGitKeyCache());
    }

    private static Path file(RepositoryUrl url, Optional<Path> configured, String setting) throws Unreadable {
        if (configured.isEmpty() || !Files.isReadable(configured.get())) {
            throw new Unreadable(
                    "CREDENTIALS_UNREADABLE",
                    "The repository '%s' is reached over SSH, but '%s' %s."
                            .formatted(
                                    url.text(),
                                    setting,
                                    configured
                                            .map("names '%s', which cannot be read"::formatted)
                                            .orElse("is not set for it")),
                    "Set '%s.<name>.%s' of the planner to a file that its user can read.".formatted(SETTINGS, setting));
        }
        return configured.get();
    }

    /** The one setting of SSH that is not a default. */
    private static final class StrictHosts implements SshConfigStore, SshConfigStore.HostConfig {
        private static final Map<String, String> OPTIONS =
                Map.of(SshConstants.STRICT_HOST_KEY_CHECKING, SshConstants.YES);

        @Override
        public HostConfig lookup(String hostName, int port, String userName) {
            return this;
        }

        @Override
        public HostConfig lookupDefault(String hostName, int port, String userName) {
            return this;
        }

        @Override
        public @Nullable String getValue(String key) {
            return OPTIONS.get(key);
        }

        @Override
        public List<String> getValues(String key) {
            return Optional.ofNullable(OPTIONS.get(key)).stream().toList();
        }

        @Override
        public Map<String, String> getOptions() {
            return OPTIONS;
        }

        @Override
        public Map<String, List<String>> getMultiValuedOptions() {
            return Map.of();
        }
    }
}
