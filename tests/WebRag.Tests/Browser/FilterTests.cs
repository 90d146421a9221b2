using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>Filtering as a person does it.</summary>
[Collection(BrowserCollection.Name)]
public class FilterTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task CountsFollowTheOtherFilters()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/documents");
        ILocator type = test.Page.Locator("#documents-type");
        await Expect(type.GetByRole(AriaRole.Option, new() { Name = "pdf (1)" })).ToHaveCountAsync(1);
        await test.Page.Locator("#documents-folder").SelectOptionAsync("membership");
        await Expect(type.GetByRole(AriaRole.Option, new() { Name = "pdf (0)" })).ToBeDisabledAsync();
        await Expect(type.GetByRole(AriaRole.Option, new() { Name = "markdown (4)" })).ToBeEnabledAsync();
        await type.SelectOptionAsync("markdown");
        await Expect(test.Page.Locator("#documents-status")).ToHaveTextAsync("4 documents");
        await Expect(test.Page.Locator("#documents-folder").GetByRole(AriaRole.Option, new() { Name = "data (0)" })).ToBeDisabledAsync();
        await Expect(test.Page.Locator("#documents-folder").GetByRole(AriaRole.Option, new() { Name = "membership (4)" })).ToBeEnabledAsync();
    }

    [BrowserFact]
    public async Task FiltersAreClearedAtOnce()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/search?folder=workshop&type=pdf");
        ILocator clear = test.Page.Locator("#search-filters").GetByRole(AriaRole.Button, new() { Name = "Clear filters" });
        await clear.FocusAsync();
        await test.Page.Keyboard.PressAsync("Enter");
        await Expect(clear).ToHaveCountAsync(0);
        await Expect(test.Page.Locator("#search-folder")).ToHaveValueAsync("");
        await Expect(test.Page.Locator("#search-folder")).ToBeFocusedAsync();
        await Expect(test.Page).ToHaveURLAsync(new Regex("#/search$"));
        await test.Page.GoBackAsync();
        await Expect(test.Page.Locator("#search-type")).ToHaveValueAsync("pdf");
    }

    [BrowserFact]
    public async Task WhatIsSetKeepsTheFocusWhenTheDocumentsCome()
    {
        HeldRequest documents = new();
        await using TestPage test = await fixture.OpenAsync(path: "/#/search?folder=workshop&type=pdf", prepare: context => documents.HoldAsync(context, "**/api/documents"));
        ILocator clear = test.Page.Locator("#search-filters").GetByRole(AriaRole.Button, new() { Name = "Clear filters" });
        await clear.FocusAsync();
        await documents.ReleaseAsync(test.Page);
        await Expect(test.Page.Locator("#search-type").GetByRole(AriaRole.Option, new() { Name = "pdf (1)" })).ToHaveCountAsync(1);
        await Expect(clear).ToBeFocusedAsync();
    }

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task AFilterOnAskIsSeenAboveTheQuestion(int width)
    {
        await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 740 } }, "/#/ask");
        await test.Page.Locator("#ask-folder").SelectOptionAsync("workshop");
        await PageState.AskAsync(test, "How much is the household membership?");
        ILocator line = test.Page.GetByText("Only from folder workshop.");
        await Expect(line).ToBeVisibleAsync();
        ILocator question = test.Page.GetByLabel("Your question");
        await question.ScrollIntoViewIfNeededAsync();
        await Expect(line).ToBeInViewportAsync();
        // At one time: the page may still be scrolling.
        Assert.True(await question.EvaluateAsync<bool>("(question, line) => line.getBoundingClientRect().top < question.getBoundingClientRect().top", await line.ElementHandleAsync()));

        await test.Page.Locator("#ask-filters").GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(line).ToHaveCountAsync(0);
        await PageState.AskAsync(test, "How much is the household membership?");
        await Expect(test.Page.Locator(".turn:last-child .cited-sources li").First).ToBeVisibleAsync();
    }
}
