using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>What a first visit is offered.</summary>
[Collection(BrowserCollection.Name)]
public class ExampleTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task AFirstVisitIsOfferedQuestionsThatTheCorpusAnswers()
    {
        await using TestPage test = await fixture.OpenAsync();
        ILocator examples = test.Page.Locator("#view-search").GetByRole(AriaRole.Region, new() { Name = "Examples" });
        await Expect(examples.GetByRole(AriaRole.Button)).ToHaveCountAsync(3);
        await examples.GetByRole(AriaRole.Button, new() { Name = "Where is the closest defibrillator?" }).ClickAsync();
        await Expect(test.Page.Locator("#search-hits .hit").First).ToContainTextAsync("swimming baths");
        await Expect(examples).ToHaveCountAsync(0);

        // Once something was asked, recent questions are offered beside them.
        await test.Page.GetByLabel("What are you looking for?").FillAsync("");
        await Expect(test.Page.GetByRole(AriaRole.Region, new() { Name = "Recent questions" }).GetByRole(AriaRole.Button).First).ToHaveTextAsync("Where is the closest defibrillator?");
        await Expect(examples.GetByRole(AriaRole.Button)).ToHaveCountAsync(3);
    }

    [BrowserFact]
    public async Task AnExampleIsAsked()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/ask");
        await test.Page.Locator("#ask-examples").GetByRole(AriaRole.Button, new() { Name = "On which day can I cut MDF?" }).ClickAsync();
        await Expect(test.Page.Locator(".turn .text")).ToContainTextAsync("Thursdays");
        await Expect(test.Page.Locator("#ask-examples").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task AFolderOfOnesOwnHasNoneButThoseThatAreSet()
    {
        string folder = $"WebRag:Folder={AppContext.BaseDirectory}/corpus/workshop";
        await using WebRagServer own = await (await WebRagServer.StartAsync(null, folder)).ReadyAsync();
        await using TestPage none = await fixture.OpenAsync(new BrowserNewContextOptions(), own.Address.ToString());
        await Expect(none.Page.GetByLabel("What are you looking for?")).ToBeVisibleAsync();
        await Expect(none.Page.GetByText("For example")).ToHaveCountAsync(0);

        await using WebRagServer asked = await (await WebRagServer.StartAsync(null, folder, "WebRag:Examples:0=Who may use the bandsaw?")).ReadyAsync();
        await using TestPage set = await fixture.OpenAsync(new BrowserNewContextOptions(), asked.Address.ToString());
        await Expect(set.Page.Locator("#search-recent").GetByRole(AriaRole.Button)).ToHaveTextAsync("Who may use the bandsaw?");
    }
}
