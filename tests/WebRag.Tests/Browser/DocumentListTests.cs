using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>The list of documents, which comes anew while somebody uses it.</summary>
[Collection(BrowserCollection.Name)]
public class DocumentListTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task ADocumentIsOpenedThoughTheListComesAnewWhileItIsPressed()
    {
        HeldRequest list = new();
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        ILocator title = await SendAsync(test, list);
        LocatorBoundingBoxResult pressed = (await title.BoundingBoxAsync())!;
        await test.Page.Mouse.MoveAsync(pressed.X + (pressed.Width / 2), pressed.Y + (pressed.Height / 2));
        await test.Page.Mouse.DownAsync();
        await list.ReleaseAsync(test.Page);
        await Expect(test.Page.Locator("#documents")).ToContainTextAsync("aardvark.md");
        await test.Page.Mouse.UpAsync();

        await Expect(test.Page.Locator("#source")).ToBeVisibleAsync();
        await Expect(test.Page.Locator("#source-title")).ToHaveTextAsync((await title.TextContentAsync())!);
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(test.Page.Locator("#source")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task WhatStaysInTheListKeepsItsItemAndTheFocus()
    {
        HeldRequest list = new();
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        ILocator title = await SendAsync(test, list);
        await title.FocusAsync();
        IElementHandle item = await title.ElementHandleAsync();
        await list.ReleaseAsync(test.Page);
        await Expect(test.Page.Locator("#documents")).ToContainTextAsync("aardvark.md");

        Assert.True(await item.EvaluateAsync<bool>("element => element.isConnected && element === document.activeElement"));
        Assert.Equal(
            await test.Page.EvaluateAsync<string[]>("fetch('/api/documents').then(answer => answer.json()).then(documents => documents.map(document => document.title))"),
            await test.Page.Locator("#documents button").AllTextContentsAsync());
    }

    /// <summary>Sends a file, and holds the list that has it; gives the title of a document that is there before and after.</summary>
    private static async Task<ILocator> SendAsync(TestPage test, HeldRequest list)
    {
        ILocator title = test.Page.Locator("#documents li").Filter(new() { HasText = "membership/welcome-ar.md" }).GetByRole(AriaRole.Button);
        await Expect(title).ToBeVisibleAsync();
        await list.HoldAsync(test.Page.Context, "**/api/documents");
        await test.Page.Locator("#drop-files").SetInputFilesAsync(
            new FilePayload { Name = "aardvark.md", MimeType = "text/markdown", Buffer = "# Aardvark\n\nThe aardvark sleeps in the first cupboard."u8.ToArray() });
        await Expect(test.Page.GetByText("Can be searched: 1 passage.")).ToBeVisibleAsync();
        await Expect(test.Page.Locator("#documents")).Not.ToContainTextAsync("aardvark.md");
        await title.ScrollIntoViewIfNeededAsync();
        return title;
    }
}
