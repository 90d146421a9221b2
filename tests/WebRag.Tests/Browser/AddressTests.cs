using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>Documents and passages that are sent to somebody by their address.</summary>
[Collection(BrowserCollection.Name)]
public class AddressTests(BrowserFixture fixture)
{
    private const string Question = "How fast does the blade of the bandsaw run in wood?";

    [BrowserFact]
    public async Task APassageHasAnAddressThatOthersCanOpen()
    {
        await using TestPage first = await fixture.OpenAsync();
        await PageState.SearchAsync(first, Question);
        string search = first.Page.Url;
        await first.Page.Locator("#search-hits .hit h2 button").First.ClickAsync();
        await Expect(first.Page.Locator("#source .cited")).ToContainTextAsync("800 m/min");
        string address = new Uri(first.Page.Url).Fragment;
        Assert.StartsWith("#/search?q=", address, StringComparison.Ordinal);
        Assert.Contains("open=workshop%2Fbandsaw.md&passage=", address, StringComparison.Ordinal);
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(first.Page).ToHaveURLAsync(search);

        await using TestPage second = await fixture.OpenAsync(path: $"/{address}");
        await Expect(second.Page.Locator("#source .cited")).ToContainTextAsync("800 m/min");
        await Expect(second.Page.Locator("#source-title")).ToHaveTextAsync("Bandsaw");
        await second.Page.Keyboard.PressAsync("Escape");
        await Expect(second.Page).ToHaveURLAsync(search);
        await Expect(second.Page.GetByLabel("What are you looking for?")).ToHaveValueAsync(Question);
    }

    [BrowserFact]
    public async Task TheWayBackClosesADocumentAndTheWayOnOpensIt()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        ILocator opener = test.Page.Locator("#documents li").Filter(new() { HasText = "workshop/bandsaw.md" }).GetByRole(AriaRole.Button);
        await opener.ClickAsync();
        await Expect(test.Page.Locator("#source .passage").First).ToBeVisibleAsync();
        await test.Page.GoBackAsync();
        await Expect(test.Page.Locator("#source")).ToBeHiddenAsync();
        await Expect(test.Page.Locator("#view-documents")).ToBeVisibleAsync();
        await Expect(opener).ToBeFocusedAsync();
        await test.Page.GoForwardAsync();
        await Expect(test.Page.Locator("#source .passage").First).ToBeVisibleAsync();
        await test.Page.ReloadAsync();
        await Expect(test.Page.Locator("#source-title")).ToHaveTextAsync("Bandsaw");
        await test.Page.Keyboard.PressAsync("Escape");
        await Expect(test.Page).ToHaveURLAsync(new Uri(fixture.Server.Address, "/#/documents").ToString());
    }

    [BrowserTheory]
    [InlineData("Escape")]
    [InlineData("Close")]
    public async Task ADocumentIsClosedOnceItsAddressIsLeft(string way)
    {
        // Whoever follows a link while the browser is still on its way back would be taken back from there.
        await using TestPage test = await fixture.OpenAsync();
        await PageState.SearchAsync(test, Question);
        string search = await test.Page.EvaluateAsync<string>("location.hash");
        await test.Page.EvaluateAsync("document.getElementById('source').addEventListener('close', () => document.body.setAttribute('data-closed-at', location.hash))");
        await test.Page.Locator("#search-hits .hit h2 button").First.ClickAsync();
        await Expect(test.Page.Locator("#source .cited")).ToBeVisibleAsync();
        await (way == "Escape" ? test.Page.Keyboard.PressAsync(way) : test.Page.GetByRole(AriaRole.Button, new() { Name = way }).ClickAsync());
        await Expect(test.Page.Locator("body")).ToHaveAttributeAsync("data-closed-at", search);
    }

    [BrowserFact]
    public async Task ADocumentThatComesAfterItWasClosedChangesNothing()
    {
        HeldRequest document = new();
        await using TestPage test = await fixture.OpenAsync();
        await document.HoldAsync(test.Page.Context, "**/api/documents/text*");
        await PageState.SearchAsync(test, Question);
        await test.Page.Locator("#search-hits .hit h2 button").First.ClickAsync();
        await Expect(test.Page.Locator("#source-text")).ToHaveTextAsync("Opening …");
        await test.Page.Keyboard.PressAsync("Escape");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Documents", Exact = true }).ClickAsync();
        await Expect(test.Page).ToHaveTitleAsync("Documents - WebRag");

        await document.ReleaseAsync(test.Page);
        Assert.Equal("Documents - WebRag", await test.Page.TitleAsync());
    }

    [BrowserFact]
    public async Task ATitleSaysWhatIsShown()
    {
        await using TestPage test = await fixture.OpenAsync();
        await Expect(test.Page).ToHaveTitleAsync("Search - WebRag");
        await PageState.SearchAsync(test, Question);
        await Expect(test.Page).ToHaveTitleAsync($"{Question} - Search - WebRag");
        await test.Page.Locator("#search-hits .hit h2 button").First.ClickAsync();
        await Expect(test.Page).ToHaveTitleAsync("Bandsaw - Search - WebRag");
        await test.Page.Keyboard.PressAsync("Escape");
        await Expect(test.Page).ToHaveTitleAsync($"{Question} - Search - WebRag");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Documents", Exact = true }).ClickAsync();
        await Expect(test.Page).ToHaveTitleAsync("Documents - WebRag");
    }

    [BrowserFact]
    public async Task ALinkOfAPassageIsCopied()
    {
        await using TestPage test = await fixture.OpenAsync();
        await test.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await PageState.SearchAsync(test, Question);
        await test.Page.Locator("#search-hits .hit h2 button").First.ClickAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Expect(test.Page.Locator("#source-status")).ToHaveTextAsync("The link is copied.");
        string link = await test.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.StartsWith($"{fixture.Server.Address}#/documents?open=workshop%2Fbandsaw.md&passage=", link, StringComparison.Ordinal);

        await using TestPage other = await fixture.OpenAsync(path: link);
        await Expect(other.Page.Locator("#source .cited")).ToContainTextAsync("800 m/min");
    }

    [BrowserFact]
    public async Task WhereNothingCanBeCopiedTheLinkIsShown()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents?open=workshop/bandsaw.md");
        await test.Page.EvaluateAsync("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        ILocator field = test.Page.GetByLabel("The link", new() { Exact = true });
        await Expect(field).ToHaveValueAsync($"{fixture.Server.Address}#/documents?open=workshop%2Fbandsaw.md");
        await Expect(field).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task TheAddressOfAFileOfSomebodyElseOpensNothing()
    {
        await using TestPage owner = await fixture.OpenAsync(path: "/#/documents");
        await owner.Page.Locator("#drop-files").SetInputFilesAsync(
            new FilePayload { Name = "diary.md", MimeType = "text/markdown", Buffer = "# Diary\n\nThe lighthouse keeper is called Ottilie."u8.ToArray() });
        await Expect(owner.Page.GetByText("Can be searched: 1 passage.")).ToBeVisibleAsync();
        await owner.Page.Locator("#uploads").GetByRole(AriaRole.Button, new() { Name = "diary.md", Exact = true }).ClickAsync();
        await Expect(owner.Page.Locator("#source")).ToContainTextAsync("Ottilie");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Expect(owner.Page.Locator("#source-status")).ToContainTextAsync("It opens for you alone");

        await using TestPage other = await fixture.OpenAsync(path: $"/{new Uri(owner.Page.Url).Fragment}");
        other.IsExpected = trouble => trouble.Contains("404", StringComparison.Ordinal);
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This document is not here, or not any more.");
        await Expect(other.Page.Locator("#source")).Not.ToContainTextAsync("diary");
        await Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" })).ToBeHiddenAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(other.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task APassageThatIsGoneLeavesItsDocument()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents?open=workshop/bandsaw.md&passage=no-such-passage");
        await Expect(test.Page.Locator("#source .notice")).ToContainTextAsync("The passage is not in this document any more.");
        await Expect(test.Page.Locator("#source .passage").First).ToBeVisibleAsync();
    }
}
