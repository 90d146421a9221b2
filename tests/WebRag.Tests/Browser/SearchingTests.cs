using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>Searching as a person does it.</summary>
[Collection(BrowserCollection.Name)]
public class SearchingTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task PassagesComeWhileOneTypes()
    {
        await using TestPage test = await fixture.OpenAsync();
        await test.Page.GetByLabel("What do you look for?").PressSequentiallyAsync("blade speed of the bandsaw");
        await Expect(test.Page.Locator("#search-hits .hit h2").First).ToHaveTextAsync("Bandsaw");
        await Expect(test.Page.Locator("#search-status")).ToContainTextAsync("by words and meaning");
    }

    [BrowserFact]
    public async Task EnterReadsCloselyAndSaysWhy()
    {
        await using TestPage test = await fixture.OpenAsync();
        ILocator query = test.Page.GetByLabel("What do you look for?");
        await query.FillAsync("How fast does the blade of the bandsaw run in wood?");
        await query.PressAsync("Enter");
        await Expect(test.Page.Locator("#search-status")).ToContainTextAsync("read closely, in");
        await test.Page.GetByText("Why these passages").ClickAsync();
        ILocator trace = test.Page.Locator("#search-trace");
        await Expect(trace.GetByRole(AriaRole.Row).Filter(new() { HasText = "read closely (reranker)" }).First).ToBeVisibleAsync();
        await Expect(trace.GetByText("rank 1,").First).ToBeVisibleAsync();
    }
}
