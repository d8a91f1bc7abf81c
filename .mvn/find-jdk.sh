# Sourced by mvnw and slipway: sets and exports JAVA_HOME to a JDK of at least the version that the build needs, or ends
# with what to install. Plain sh, since macOS ships an old bash.

SLIPWAY_JDK=25

# jdk_version HOME: prints the major version of the JDK in that folder, or nothing when there is none.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' "$1/release" | head -n 1
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' | head -n 1
  fi
}

# use_jdk HOME: takes the JDK in that folder when it is new enough.
use_jdk() {
  [ -n "$1" ] || return 1
  found_version=$(jdk_version "$1")
  [ -n "$found_version" ] || return 1
  jdks_seen="$jdks_seen
  $found_version in $1"
  [ "$found_version" -ge "$SLIPWAY_JDK" ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

# path_jdk: prints the home of the java on the PATH. The JVM is asked, because on macOS that java is only a launcher.
path_jdk() {
  command -v java >/dev/null 2>&1 || return 0
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p' | head -n 1
}

find_jdk() {
  jdks_seen=
  use_jdk "${JAVA_HOME:-}" && return 0
  use_jdk "$(path_jdk)" && return 0
  for candidate in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    use_jdk "$candidate" && return 0
  done
  cat >&2 <<MESSAGE
Slipway needs a JDK $SLIPWAY_JDK or newer: it is written in Java $SLIPWAY_JDK.
Looked at JAVA_HOME, the java on the PATH, /usr/lib/jvm, /Library/Java/JavaVirtualMachines, ~/.sdkman and ~/.jdks; found:${jdks_seen:- none}
Install a JDK $SLIPWAY_JDK (Eclipse Temurin, for instance), or set JAVA_HOME to one that is installed elsewhere, and run
this again.
MESSAGE
  return 1
}
