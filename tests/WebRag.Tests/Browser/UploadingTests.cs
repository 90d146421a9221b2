using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>Sending files as a person does it.</summary>
[Collection(BrowserCollection.Name)]
public class UploadingTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task AFileIsChosenFoundAndDeleted()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        IFileChooser chooser = await test.ChooseFilesAsync(() => test.Page.GetByRole(AriaRole.Button, new() { Name = "Choose files" }).ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "samovar.md", MimeType = "text/markdown", Buffer = "# Samovar\n\nThe samovar stands in the third cupboard."u8.ToArray() });
        await Expect(test.Page.GetByText("Can be searched: 1 passage.")).ToBeVisibleAsync();
        await Expect(test.Page.Locator("#documents")).ToContainTextAsync("samovar.md · markdown · yours");

        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Search" }).ClickAsync();
        await PageState.SearchAsync(test, "Where does the samovar stand?");
        await Expect(test.Page.Locator("#search-hits .hit").First).ToContainTextAsync("third cupboard");

        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Documents" }).ClickAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Delete samovar.md" }).ClickAsync();
        await Expect(test.Page.Locator("#uploads li")).ToHaveCountAsync(0);
        await Expect(test.Page.Locator("#documents")).Not.ToContainTextAsync("samovar.md");
    }

    [BrowserFact]
    public async Task FilesAreDropped()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        await test.Page.EvaluateAsync(
            """
            () => {
              const transfer = new DataTransfer();
              transfer.items.add(new File(['# Kettle\n\nThe kettle is on the second shelf.'], 'kettle.md', { type: 'text/markdown' }));
              transfer.items.add(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0])], 'picture.md'));
              document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """);
        await Expect(test.Page.Locator("#uploads li").First).ToContainTextAsync("Can be searched: 1 passage.");
        await Expect(test.Page.Locator("#uploads li").Last).ToContainTextAsync("Refused: 'picture.md' is binary and no text");
        await Expect(test.Page.Locator("#announcer")).ToContainTextAsync("picture.md was refused.");
    }

    [BrowserFact]
    public async Task AFileThatIsTooLargeIsNotEvenSent()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        await test.Page.EvaluateAsync(
            """
            () => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([new Uint8Array(21 * 1024 * 1024)], 'large.txt'));
              document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """);
        await Expect(test.Page.Locator("#uploads li")).ToContainTextAsync("Refused: The file has 21 MB, and may have 20 MB.");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss large.txt" }).ClickAsync();
        await Expect(test.Page.Locator("#uploads li")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task AFileThatIsSentBeforeTheListCameIsListedOnce()
    {
        HeldRequest list = new();
        bool isSent = false;
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents", prepare: context => list.HoldAsync(context, "**/api/uploads"));
        test.Page.Request += (_, request) => isSent |= request.Method == HttpMethod.Post.Method;
        await test.Page.Locator("#drop-files").SetInputFilesAsync(
            new FilePayload { Name = "teapot.md", MimeType = "text/markdown", Buffer = "# Teapot\n\nThe teapot is beside the kettle."u8.ToArray() });
        await Expect(test.Page.Locator("#uploads li")).ToContainTextAsync("teapot.md");
        Assert.False(isSent, "The file was sent: the list may have it too.");

        await list.ReleaseAsync(test.Page);
        await Expect(test.Page.GetByText("Can be searched: 1 passage.")).ToBeVisibleAsync();
        await Expect(test.Page.Locator("#uploads li")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task ScriptInADocumentIsText()
    {
        const string Title = "<img src=x onerror=\"document.title='broken'\">";
        const string Page = "<html><head><title>&lt;img src=x onerror=\"document.title='broken'\"&gt;</title></head><body><main><h1>Heading &lt;script&gt;document.title='broken'&lt;/script&gt;</h1>"
            + "<p>The xylograph is &lt;script&gt;document.title='broken'&lt;/script&gt; and [x](javascript:document.title='broken').</p></main></body></html>";
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        await test.Page.Locator("#drop-files").SetInputFilesAsync(
        [
            new FilePayload { Name = "evil.html", MimeType = "text/html", Buffer = Encoding.UTF8.GetBytes(Page) },
            new FilePayload { Name = "<b onmouseover=alert(1)>.md", MimeType = "text/markdown", Buffer = "# <script>document.title='broken'</script>\n\nThe xylograph again."u8.ToArray() },
        ]);
        await Expect(test.Page.GetByText("Can be searched:")).ToHaveCountAsync(2);
        await Expect(test.Page.Locator("#documents").GetByRole(AriaRole.Button, new() { Name = Title })).ToBeVisibleAsync();

        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Search" }).ClickAsync();
        await PageState.SearchAsync(test, "What is the xylograph?");
        ILocator hit = test.Page.Locator("#search-hits .hit").Filter(new() { HasText = Title });
        await Expect(hit).ToContainTextAsync("<script>document.title='broken'</script>");
        await hit.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(test.Page.Locator("#source .cited")).ToContainTextAsync("<script>document.title='broken'</script>");
        await Expect(test.Page.Locator("#source-title")).ToHaveTextAsync(Title);
        await test.Page.Keyboard.PressAsync("Escape");

        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Ask", Exact = true }).ClickAsync();
        await PageState.AskAsync(test, "What is the xylograph?");
        Assert.Equal(0, await test.Page.Locator("main img, main script, #source img, main a").CountAsync());
        Assert.Equal("Ask - WebRag", await test.Page.TitleAsync());
    }
}
