using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>What a page can look like, each brought about as a person does it.</summary>
internal static class PageState
{
    public static readonly IReadOnlyDictionary<string, Func<TestPage, Task>> All = new Dictionary<string, Func<TestPage, Task>>(StringComparer.Ordinal)
    {
        ["first"] = FirstAsync,
        ["first-ask"] = FirstAskAsync,
        ["start"] = StartAsync,
        ["indexing"] = IndexingAsync,
        ["typing"] = TypingAsync,
        ["why"] = WhyAsync,
        ["nothing"] = NothingAsync,
        ["answer"] = AnswerAsync,
        ["interrupted"] = InterruptedAsync,
        ["source"] = SourceAsync,
        ["missing"] = MissingAsync,
        ["documents"] = DocumentsAsync,
        ["unread"] = UnreadAsync,
    };

    private static Task FirstAsync(TestPage test) => Expect(test.Page.Locator("#search-recent").GetByText("For example")).ToBeVisibleAsync();

    private static async Task FirstAskAsync(TestPage test)
    {
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(test.Page.Locator("#ask-examples").GetByText("For example")).ToBeVisibleAsync();
        await test.Page.Locator("#ask-folder").SelectOptionAsync("workshop");
        await test.Page.Locator("#ask-type").SelectOptionAsync("markdown");
        await Expect(test.Page.GetByText("Only from folder workshop, type markdown.")).ToBeVisibleAsync();
    }

    /// <summary>Some questions were asked before.</summary>
    private static async Task StartAsync(TestPage test)
    {
        await test.Page.EvaluateAsync("localStorage.setItem('webrag-recent', JSON.stringify(['How fast does the bandsaw run?', 'Who may use the table saw?']))");
        await test.Page.ReloadAsync();
        await Expect(test.Page.GetByRole(AriaRole.Heading, new() { Name = "Recent questions" })).ToBeVisibleAsync();
    }

    private static async Task IndexingAsync(TestPage test)
    {
        await test.Page.RouteAsync("**/api/library/events", route => route.FulfillAsync(new()
        {
            ContentType = "text/event-stream",
            Body = "event: progress\ndata: {\"isReady\":false,\"done\":7,\"total\":26,\"last\":\"a.md\",\"error\":null}\n\n",
        }));
        await test.Page.ReloadAsync();
        await Expect(test.Page.GetByText("Indexing the folder: 7 of 26 documents.")).ToBeVisibleAsync();
    }

    private static async Task TypingAsync(TestPage test)
    {
        await test.Page.GetByLabel("What are you looking for?").PressSequentiallyAsync("late fine");
        await Expect(test.Page.Locator("#search-status")).ToContainTextAsync("by words and meaning");
        await Expect(test.Page.Locator("#search-hits .hit").First).ToBeVisibleAsync();
    }

    private static async Task WhyAsync(TestPage test)
    {
        await SearchAsync(test, "How fast does the blade of the bandsaw run in wood?");
        await test.Page.GetByText("Why these passages").ClickAsync();
        await Expect(test.Page.GetByText("What each stage took")).ToBeVisibleAsync();
    }

    private static async Task NothingAsync(TestPage test)
    {
        await SearchAsync(test, "How long do I boil spaghetti so that it stays firm?");
        await Expect(test.Page.GetByText("Nothing here answers that.")).ToBeVisibleAsync();
    }

    private static async Task AnswerAsync(TestPage test)
    {
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Ask", Exact = true }).ClickAsync();
        await AskAsync(test, "What happens when I bring a tool back late?");
        await Expect(test.Page.Locator(".cited-sources li").First).ToBeVisibleAsync();
        await test.Page.GetByText("Why these passages").ClickAsync();
    }

    private static async Task SourceAsync(TestPage test)
    {
        await SearchAsync(test, "Which oil goes into the planer, and how often?");
        await test.Page.Locator("#search-hits .hit h2 button").First.ClickAsync();
        await Expect(test.Page.Locator("#source .cited")).ToBeVisibleAsync();
        await test.Page.EvaluateAsync("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Expect(test.Page.GetByLabel("The link", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static async Task MissingAsync(TestPage test)
    {
        test.IsExpected = trouble => trouble.Contains("404", StringComparison.Ordinal);
        await test.Page.EvaluateAsync("location.hash = '#/documents?open=no-such-document.md'");
        await Expect(test.Page.GetByText("This document is not here, or not any more.")).ToBeVisibleAsync();
    }

    private static async Task InterruptedAsync(TestPage test)
    {
        test.IsExpected = trouble => trouble.Contains("ERR_FAILED", StringComparison.Ordinal);
        await test.Page.RouteAsync("**/api/chat", route => route.AbortAsync());
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Ask", Exact = true }).ClickAsync();
        await AskAsync(test, "What happens when I bring a tool back late?");
        await Expect(test.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
    }

    private static async Task DocumentsAsync(TestPage test)
    {
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Documents" }).ClickAsync();
        await Expect(test.Page.Locator("#documents li").First).ToBeVisibleAsync();
        await test.Page.Locator("#drop-files").SetInputFilesAsync(
        [
            new FilePayload { Name = "notes.md", MimeType = "text/markdown", Buffer = "# Notes\n\nThe kettle is on the second shelf."u8.ToArray() },
            new FilePayload { Name = "photo.txt", MimeType = "text/plain", Buffer = TestFiles.Png },
        ]);
        await Expect(test.Page.GetByText("Can be searched: 1 passage.")).ToBeVisibleAsync();
        await Expect(test.Page.GetByText("Refused:")).ToBeVisibleAsync();
        await Expect(test.Page.Locator("#documents").GetByText("uploads").Or(test.Page.Locator("#documents").GetByText("notes.md")).First).ToBeVisibleAsync();
    }

    private static async Task UnreadAsync(TestPage test)
    {
        await test.Page.RouteAsync("**/api/documents/unread", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """{"count":207,"files":[{"name":"plans/scanned-plan-of-the-second-floor.pdf","reason":"It has no text. A scanned page is a picture: text must be recognised in it first."},{"name":"photo.png","reason":"Files of this kind are not read here."}]}""",
        }));
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Documents" }).ClickAsync();
        await test.Page.GetByText("207 files of the folder cannot be searched").ClickAsync();
        await Expect(test.Page.GetByText("and 205 more")).ToBeVisibleAsync();
    }

    /// <summary>Searches with all stages, and waits for it.</summary>
    public static async Task SearchAsync(TestPage test, string query)
    {
        ILocator input = test.Page.GetByLabel("What are you looking for?");
        await input.FillAsync(query);
        await input.PressAsync("Enter");
        await Expect(test.Page.Locator("#search-hits")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Expect(test.Page.Locator("#search-status")).ToContainTextAsync("read closely, in");
    }

    /// <summary>Asks, and waits for the whole answer.</summary>
    public static async Task AskAsync(TestPage test, string question)
    {
        ILocator input = test.Page.GetByLabel("Your question");
        await input.FillAsync(question);
        await input.PressAsync("Enter");
        await Expect(test.Page.Locator(".turn:last-child")).Not.ToHaveAttributeAsync("aria-busy", "true");
    }
}
