"""Where the JDK is."""

import os
import pathlib
import subprocess


def java():
    """The JDK 25 of JAVA25_HOME or JAVA_HOME, on the PATH, or where systems keep theirs."""
    homes = [os.environ.get("JAVA25_HOME"), os.environ.get("JAVA_HOME")]
    found = [pathlib.Path(home) / "bin/java" for home in homes if home]
    found += [pathlib.Path("java"), *sorted(pathlib.Path("/usr/lib/jvm").glob("*/bin/java"))]
    for candidate in found:
        try:
            said = subprocess.run([candidate, "-version"], capture_output=True, text=True,
                                  check=True).stderr
        except (OSError, subprocess.CalledProcessError):
            continue
        if 'version "25' in said:
            return str(candidate)
    raise SystemExit("no JDK 25 found; name it in JAVA25_HOME")
