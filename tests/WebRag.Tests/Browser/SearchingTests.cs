using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>Searching as a person does it.</summary>
[Collection(BrowserCollection.Name)]
public class SearchingTests(BrowserFixture fixture)
{
    private const string Question = "How fast does the blade of the bandsaw run in wood?";

    [BrowserFact]
    public async Task PassagesComeWhileOneTypes()
    {
        await using TestPage test = await fixture.OpenAsync();
        await test.Page.GetByLabel("What are you looking for?").PressSequentiallyAsync("blade speed of the bandsaw");
        await Expect(test.Page.Locator("#search-hits .hit h2").First).ToHaveTextAsync("Bandsaw");
        await Expect(test.Page.Locator("#search-status")).ToContainTextAsync("by words and meaning");
    }

    [BrowserFact]
    public async Task EnterReadsCloselyAndSaysWhy()
    {
        await using TestPage test = await fixture.OpenAsync();
        await PageState.SearchAsync(test, Question);
        await Expect(test.Page.Locator("#search-hits mark").First).ToHaveTextAsync("Blade");
        await test.Page.GetByText("Why these passages").ClickAsync();
        ILocator trace = test.Page.Locator("#search-trace");
        await Expect(trace.GetByRole(AriaRole.Row).Filter(new() { HasText = "read closely (reranker)" }).First).ToBeVisibleAsync();
        await Expect(trace.GetByText("rank 1,").First).ToBeVisibleAsync();
        await Expect(trace.GetByText("not among the first 8").First).ToBeVisibleAsync();
        await Expect(trace.Locator("svg.bar").First).ToBeVisibleAsync();

        // What was returned, in its order, and then the rest.
        string[] places = [.. await trace.Locator("table").Last.Locator("tbody tr:not(.group) td:first-child").AllInnerTextsAsync()];
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "–"], places[..9].Select(place => place.Split('\n')[0].Trim()));
        await Expect(trace.Locator(".excerpt").First).ToContainTextAsync("Figure | Value · Motor | 1.1 kW");
        await Expect(trace.GetByText("from 0.8% on it is taken to")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task AnAddressCanBeShared()
    {
        await using TestPage first = await fixture.OpenAsync();
        await first.Page.GetByLabel("Folder").First.SelectOptionAsync("workshop");
        await PageState.SearchAsync(first, Question);
        string address = first.Page.Url;
        Assert.Contains("#/search?q=How+fast", address, StringComparison.Ordinal);

        await using TestPage second = await fixture.OpenAsync(path: new Uri(address).PathAndQuery + new Uri(address).Fragment);
        await Expect(second.Page.GetByLabel("What are you looking for?")).ToHaveValueAsync(Question);
        await Expect(second.Page.GetByLabel("Folder").First).ToHaveValueAsync("workshop");
        await Expect(second.Page.Locator("#search-hits .hit h2").First).ToHaveTextAsync("Bandsaw");
    }

    [BrowserFact]
    public async Task GoingBackShowsTheSearchBefore()
    {
        await using TestPage test = await fixture.OpenAsync();
        await PageState.SearchAsync(test, Question);
        await test.Page.GetByLabel("What are you looking for?").FillAsync("Who may use the table saw?");
        await Expect(test.Page.Locator("#search-status")).ToContainTextAsync("by words and meaning");
        await PageState.SearchAsync(test, "Who may use the table saw?");
        await test.Page.GoBackAsync();
        await Expect(test.Page.GetByLabel("What are you looking for?")).ToHaveValueAsync(Question);
        await Expect(test.Page.Locator("#search-hits .hit h2").First).ToHaveTextAsync("Bandsaw");
    }

    [BrowserFact]
    public async Task AFilterNarrowsWhatIsFound()
    {
        await using TestPage test = await fixture.OpenAsync();
        await PageState.SearchAsync(test, "what is checked before use");
        await test.Page.GetByLabel("Type").First.SelectOptionAsync("pdf");
        await Expect(test.Page.Locator("#search-hits .hit h2").First).ToHaveTextAsync("Planer-thicknesser Halvorsen PT-260");
        await Expect(test.Page.Locator("#search-hits .hit h2").Filter(new() { HasNotText = "Planer-thicknesser Halvorsen PT-260" })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task WhatWasAskedIsOfferedAgain()
    {
        await using TestPage test = await fixture.OpenAsync();
        await PageState.SearchAsync(test, Question);
        ILocator input = test.Page.GetByLabel("What are you looking for?");
        await input.FillAsync("");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = Question }).ClickAsync();
        await Expect(test.Page.Locator("#search-hits .hit h2").First).ToHaveTextAsync("Bandsaw");
        await input.FillAsync("");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Forget them" }).ClickAsync();
        await test.Page.ReloadAsync();
        await Expect(test.Page.Locator("#search-filters select").First).ToBeVisibleAsync();
        await Expect(test.Page.GetByText("Recent questions")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task ASessionThatEndedIsMadeAnew()
    {
        await using TestPage test = await fixture.OpenAsync();
        test.IsExpected = trouble => trouble.Contains("401", StringComparison.Ordinal) || trouble.Contains("400", StringComparison.Ordinal);
        await test.Page.Context.ClearCookiesAsync();
        await PageState.SearchAsync(test, Question);
        await Expect(test.Page.Locator("#search-hits .hit h2").First).ToHaveTextAsync("Bandsaw");
    }

    [BrowserFact]
    public async Task SeveralRequestsWhoseSessionEndedMakeOneAnew()
    {
        await using TestPage test = await fixture.OpenAsync();
        test.IsExpected = trouble => trouble.Contains("401", StringComparison.Ordinal);
        int sessions = 0;
        test.Page.Request += (_, request) => sessions += request.Url.EndsWith("/api/session", StringComparison.Ordinal) ? 1 : 0;
        await test.Page.Context.ClearCookiesAsync();
        await test.Page.EvaluateAsync("import('/api.js').then(api => Promise.all(['uploads', 'documents', 'documents/unread', 'uploads'].map(name => api.getJson(`/api/${name}`))))");
        Assert.Equal(1, sessions);
    }

    [BrowserFact]
    public async Task NumbersAreThoseOfTheBrowsersLanguage()
    {
        await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions { Locale = "de-DE" });
        await PageState.SearchAsync(test, Question);
        await test.Page.GetByText("Why these passages").ClickAsync();
        string figure = await test.Page.Locator("#search-trace .figure").Last.TextContentAsync() ?? "";
        Assert.Matches("^-?[0-9]+,[0-9]{2}$", figure);
    }

    [BrowserFact]
    public async Task NothingMovesForWhoeverWantsNoMotion()
    {
        await using TestPage still = await fixture.OpenAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal("auto", await still.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).scrollBehavior"));
        await using TestPage moving = await fixture.OpenAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.NoPreference });
        Assert.Equal("smooth", await moving.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).scrollBehavior"));
    }
}
