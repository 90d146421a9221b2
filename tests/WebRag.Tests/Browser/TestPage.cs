using Microsoft.Playwright;

namespace WebRag.Tests.Browser;

/// <summary>A page that is watched: a script error, a refused resource or a request to elsewhere fails the test at its end.</summary>
internal sealed class TestPage : IAsyncDisposable
{
    private readonly List<string> _troubles = [];
    private readonly IBrowserContext _context;

    private TestPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>What the console may say: answers of the server that the test provokes.</summary>
    public Predicate<string> IsExpected { get; set; } = _ => false;

    public static async Task<TestPage> OpenAsync(IBrowserContext context, string path)
    {
        context.SetDefaultTimeout(60_000);
        IPage page = await context.NewPageAsync();
        TestPage test = new(context, page);
        page.PageError += (_, error) => test._troubles.Add($"script error: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                test._troubles.Add($"{message.Type}: {message.Text}");
            }
        };
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Host != "127.0.0.1")
            {
                test._troubles.Add($"request to elsewhere: {request.Url}");
            }
        };
        await page.GotoAsync(path);
        await page.Locator("nav a[aria-current]").WaitForAsync();
        return test;
    }

    /// <summary>Does what opens the browser's choice of files, and again: a browser that is seconds behind takes what a person did for too old to open anything.</summary>
    public async Task<IFileChooser> ChooseFilesAsync(Func<Task> act)
    {
        Predicate<string> expected = IsExpected;
        IsExpected = trouble => expected(trouble) || trouble.Contains("user activation", StringComparison.Ordinal);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await Page.RunAndWaitForFileChooserAsync(act, new() { Timeout = 20_000 });
            }
            catch (TimeoutException) when (attempt < 3)
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.All(_troubles, trouble => Assert.True(IsExpected(trouble), trouble));
    }
}
