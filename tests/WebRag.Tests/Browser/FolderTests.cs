using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>A folder of one's own, with files that cannot be searched.</summary>
[Collection(BrowserCollection.Name)]
public class FolderTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task WhatCannotBeSearchedIsTold()
    {
        using TemporaryFolder folder = UnreadFolder.Create();
        await using WebRagServer server = await (await WebRagServer.StartAsync(null, $"WebRag:Folder={folder.Path}")).ReadyAsync();
        await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions(), $"{server.Address}#/documents");
        await Expect(test.Page.Locator("#documents li")).ToHaveCountAsync(1);
        await Expect(test.Page.Locator("#documents li").GetByRole(AriaRole.Button)).ToHaveTextAsync("cupgnp.md");
        ILocator unread = test.Page.Locator("#documents-unread");
        await unread.GetByText("4 files of the folder cannot be searched").ClickAsync();
        await Expect(unread.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "pictures/photo.png" })).ToContainTextAsync("Files of this kind are not read here.");
        await Expect(unread.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "empty.md" })).ToContainTextAsync("It has no text.");
    }

    [BrowserFact]
    public async Task WhatIsOpenedStaysOpenWhenItIsToldAgain()
    {
        using TemporaryFolder folder = UnreadFolder.Create();
        await using WebRagServer server = await (await WebRagServer.StartAsync(null, $"WebRag:Folder={folder.Path}")).ReadyAsync();
        HeldRequest again = new();
        await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions(), $"{server.Address}#/search");
        ILocator summary = test.Page.Locator("#documents-unread summary");
        await Expect(summary).ToHaveCountAsync(1);
        await again.HoldAsync(test.Page.Context, "**/api/documents/unread");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Documents", Exact = true }).ClickAsync();
        await summary.ClickAsync();
        await again.ReleaseAsync(test.Page);
        await Expect(test.Page.GetByText("Files of this kind are not read here.").First).ToBeVisibleAsync();
    }
}
