package io.loremesh.registry.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The console in a tab of a real browser, found and steered by the names that a screen reader reads. For one thread.
 */
public final class ConsoleTab {
    /** Desktop of somebody who reads English. */
    public static final Browser.NewContextOptions DESKTOP =
            new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1280, 900);

    private final Page page;
    private final String address;
    private final Path screenshots;
    private final List<String> complaints = new ArrayList<>();

    /**
     * @param address of the registry, {@code host:port}
     * @param screenshots directory of what {@link #keep} keeps
     * @param patienceMillis how long something may take to appear
     */
    public ConsoleTab(
            Chromium chromium,
            Browser.NewContextOptions options,
            String address,
            Path screenshots,
            double patienceMillis) {
        this.address = address;
        this.screenshots = screenshots;
        this.page = chromium.browser().newContext(options).newPage();
        PlaywrightAssertions.setDefaultAssertionTimeout(patienceMillis);
        page.setDefaultTimeout(patienceMillis);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    public Page page() {
        return page;
    }

    /** What the browser complained about. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public void go(String fragment) {
        page.navigate("http://%s/console%s".formatted(address, fragment));
    }

    public void keep(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(screenshots.resolve(name + ".png"))
                .setFullPage(true));
    }

    public Locator title() {
        return page.locator("h1");
    }

    public Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    public Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    public Locator image(String name) {
        return page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName(name));
    }

    public Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    public Locator row(String table, String text) {
        return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(table))
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(text));
    }

    public Locator versionRow(int number) {
        return page.getByRole(
                AriaRole.ROW, new Page.GetByRoleOptions().setName(Pattern.compile("^v%d\\b".formatted(number))));
    }

    /** Says in the open dialog who acts and why, and acts. */
    public void sign(String reason, String action) {
        dialog().getByLabel("Who").fill("ada");
        dialog().getByLabel("Why").fill(reason);
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(action))
                .click();
        assertThat(dialog()).isHidden();
    }
}
