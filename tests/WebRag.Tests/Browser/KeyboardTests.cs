using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>The whole way by keyboard alone, on a phone's width.</summary>
[Collection(BrowserCollection.Name)]
public class KeyboardTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task SomeoneFindsUploadsAsksAndOpensThePage()
    {
        await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        IPage page = test.Page;

        // An answer about the corpus.
        await TabToAsync(page, "#search-query");
        await page.Keyboard.TypeAsync("How fast does the blade of the bandsaw run in wood?");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#search-hits")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Expect(page.Locator("#search-status")).ToContainTextAsync("read closely, in");
        await TabToAsync(page, "#search-hits .hit:first-child h2 button");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#source .cited")).ToContainTextAsync("800 m/min");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#source")).ToBeHiddenAsync();

        // A file of one's own.
        await TabToAsync(page, "[data-view=documents]", isBackwards: true);
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "#drop-button");
        IFileChooser chooser = await test.ChooseFilesAsync(() => page.Keyboard.PressAsync("Enter"));
        await chooser.SetFilesAsync(new FilePayload { Name = "my-planer.pdf", MimeType = "application/pdf", Buffer = TestFiles.Corpus("workshop/planer-thicknesser.pdf") });
        await Expect(page.GetByText("Can be searched: 15 passages.")).ToBeVisibleAsync();

        // A question about it, and the page that is cited.
        await TabToAsync(page, "[data-view=ask]", isBackwards: true);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#ask-question")).ToBeFocusedAsync();
        await TabToAsync(page, "#ask-folder", isBackwards: true);
        await Expect(page.Locator("#ask-folder option[value=uploads]")).ToHaveCountAsync(1);
        // One letter: of a word, the letters that come late begin another one.
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator("#ask-folder")).ToHaveValueAsync("uploads");
        await TabToAsync(page, "#ask-question");
        await page.Keyboard.TypeAsync("After how many hours is the drive belt replaced?");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".turn")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await TabToAsync(page, ".turn button.cite", isBackwards: true);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#source .cited .place")).ToContainTextAsync("Page 3");
        await Expect(page.Locator("#source-about")).ToContainTextAsync("my-planer.pdf");
    }

    /// <summary>Goes on by the tab key until an element has the focus.</summary>
    private static async Task TabToAsync(IPage page, string selector, bool isBackwards = false)
    {
        for (int step = 0; step < 100; step++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) === true", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync(isBackwards ? "Shift+Tab" : "Tab");
        }

        Assert.Fail($"The tab key does not lead to {selector}.");
    }
}
