using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>Opening a source at its passage.</summary>
[Collection(BrowserCollection.Name)]
public class SourceTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task ASourceOpensAtItsPassageWithItsPage()
    {
        await using TestPage test = await fixture.OpenAsync();
        await PageState.SearchAsync(test, "Which oil goes into the planer, and how often?");
        string wanted = await test.Page.Locator("#search-hits .hit .text").First.TextContentAsync() ?? "";
        ILocator opener = test.Page.Locator("#search-hits .hit h2 button").First;
        await opener.FocusAsync();
        await test.Page.Keyboard.PressAsync("Enter");

        ILocator cited = test.Page.Locator("#source .cited");
        await Expect(cited).ToBeFocusedAsync();
        await Expect(cited).ToBeInViewportAsync();
        await Expect(cited.Locator(".text")).ToHaveTextAsync(wanted);
        await Expect(cited.Locator(".place")).ToContainTextAsync("Page 3");
        await Expect(test.Page.Locator("#source .passage")).ToHaveCountAsync(15);

        await test.Page.Keyboard.PressAsync("Escape");
        await Expect(test.Page.Locator("#source")).ToBeHiddenAsync();
        await Expect(opener).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task ALongSourceIsReadOnInParts()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        await SendLongAsync(test);
        ILocator passages = await OpenLongAsync(test);
        foreach (int count in new[] { 80, 120, 130 })
        {
            await test.Page.GetByRole(AriaRole.Button, new() { Name = "Show what follows" }).ClickAsync();
            await Expect(passages).ToHaveCountAsync(count);
        }

        await Expect(passages.Last).ToContainTextAsync("number 129");
        await Expect(test.Page.GetByRole(AriaRole.Button, new() { Name = "Show what follows" })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task WhatFollowsAndComesAfterItWasClosedIsAskedForAgain()
    {
        HeldRequest part = new();
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        await SendLongAsync(test);
        await OpenLongAsync(test);
        await part.HoldAsync(test.Page.Context, "**/api/documents/text*from=40*");
        ILocator more = test.Page.GetByRole(AriaRole.Button, new() { Name = "Show what follows" });
        await more.ClickAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        ILocator passages = await OpenLongAsync(test);

        await part.ReleaseAsync(test.Page);
        await more.ClickAsync();
        await Expect(passages).ToHaveCountAsync(80);
        await Expect(passages.Nth(40)).ToContainTextAsync("number 40,");
    }

    [BrowserTheory]
    [InlineData("membership/welcome-ar.md", "ar")]
    [InlineData("repairs/bicycle-check-he.md", "he")]
    public async Task TextFromRightToLeftRunsSo(string document, string language)
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        await test.Page.Locator("#documents li").Filter(new() { HasText = document }).GetByRole(AriaRole.Button).ClickAsync();
        ILocator text = test.Page.Locator("#source .passage .text").First;
        Assert.Equal("rtl", await text.EvaluateAsync<string>("element => getComputedStyle(element).direction"));
        Assert.Equal("rtl", await test.Page.Locator("#source-title").EvaluateAsync<string>("element => getComputedStyle(element).direction"));
        await Expect(test.Page.Locator("#source-text")).ToHaveAttributeAsync("lang", language);
    }

    [BrowserFact]
    public async Task AQueryFromRightToLeftRunsSoAndFinds()
    {
        await using TestPage test = await fixture.OpenAsync();
        await PageState.SearchAsync(test, "كيف أستعير الأدوات؟");
        ILocator input = test.Page.GetByLabel("What are you looking for?");
        Assert.Equal("rtl", await input.EvaluateAsync<string>("element => getComputedStyle(element).direction"));
        await Expect(test.Page.Locator("#search-hits")).ToContainTextAsync("membership/welcome-ar.md");
    }

    private static async Task SendLongAsync(TestPage test)
    {
        string text = string.Concat(Enumerable.Range(0, 130).Select(number => $"## Section {number}\n\nHere stands what is said of number {number}, in words enough for a passage.\n\n"));
        await test.Page.Locator("#drop-files").SetInputFilesAsync(new FilePayload { Name = "long.md", MimeType = "text/markdown", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
        await Expect(test.Page.GetByText("Can be searched: 130 passages.")).ToBeVisibleAsync();
    }

    /// <summary>Opens it, and gives its passages, of which the first are there.</summary>
    private static async Task<ILocator> OpenLongAsync(TestPage test)
    {
        await test.Page.Locator("#uploads").GetByRole(AriaRole.Button, new() { Name = "long.md", Exact = true }).ClickAsync();
        ILocator passages = test.Page.Locator("#source .passage");
        await Expect(passages).ToHaveCountAsync(40);
        return passages;
    }
}
