package io.loremesh.registry.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser that is installed on this machine; none is downloaded. */
public final class Chromium implements AutoCloseable {
    /** Names the executable where it is not on the path. */
    private static final String VARIABLE = "LOREMESH_CHROMIUM";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        // A container has no user namespaces for a sandbox, and little shared memory.
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
    }

    /** @throws IllegalStateException if none is installed: the console is looked at, or a test fails */
    public static Chromium start() {
        return new Chromium(installed()
                .orElseThrow(() -> new IllegalStateException(
                        "no Chromium is installed; install one (apt-get install chromium) or let %s name its executable"
                                .formatted(VARIABLE))));
    }

    /** Where it is installed: as the variable says, else on the path. */
    private static Optional<Path> installed() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isEmpty()) {
            // Not the path instead: somebody meant this one.
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(Path.of(directory)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
