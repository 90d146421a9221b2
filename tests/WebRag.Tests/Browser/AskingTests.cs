using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WebRag.Chat;
using WebRag.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>Asking as a person does it.</summary>
[Collection(BrowserCollection.Name)]
public class AskingTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task AnAnswerCitesAndACitationOpensItsPassage()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/ask");
        await Expect(test.Page.Locator("#ask-model")).ToContainTextAsync("No chat model is set");
        await PageState.AskAsync(test, "What happens when only one helper turns up for the desk?");
        ILocator turn = test.Page.Locator(".turn");
        await turn.Locator("button.cite").First.ClickAsync();
        await Expect(test.Page.Locator("#source .cited")).ToBeFocusedAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(turn.Locator(".cited-sources li").First).ToContainTextAsync(" · ");
        await turn.GetByText("Why these passages").ClickAsync();
        await Expect(turn.GetByText("What each stage took")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task AnAnswerIsSaidToWhoeverDoesNotSeeIt()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/ask");
        await PageState.AskAsync(test, "What happens when only one helper turns up for the desk?");
        ILocator announcer = test.Page.Locator("#announcer");
        await Expect(announcer).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(announcer).ToContainTextAsync("No model wrote this answer");
        await Expect(announcer).ToContainTextAsync("The answer is complete, with");
    }

    [BrowserFact]
    public async Task WhatNothingAnswersIsSaidToBeSo()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/ask");
        await PageState.AskAsync(test, "How long do I boil spaghetti so that it stays firm?");
        await Expect(test.Page.Locator(".turn .notice")).ToHaveTextAsync("Nothing here answers that.");
    }

    [BrowserFact]
    public async Task AConversationIsThereAfterTheReload()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/ask");
        await PageState.AskAsync(test, "How fast does the blade of the bandsaw run in wood?");
        await PageState.AskAsync(test, "And in soft metals?");
        await test.Page.ReloadAsync();
        await Expect(test.Page.Locator(".turn")).ToHaveCountAsync(2);
        await Expect(test.Page.Locator(".turn:last-child .cited-sources li").First).ToBeVisibleAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        await Expect(test.Page.Locator(".turn")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task AnAnswerCanBeStopped()
    {
        await using WebRagServer server = await (await WebRagServer.StartAsync(
            (WebApplicationBuilder builder) => builder.Services.AddSingleton(new ChatModel(new ScriptedChatClient((_, cancellationToken) => Endless(cancellationToken)), IsOffline: false)),
            $"WebRag:Folder={AppContext.BaseDirectory}/corpus/workshop")).ReadyAsync();
        await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions(), $"{server.Address}#/ask");
        await test.Page.GetByLabel("Your question").FillAsync("How fast does the blade of the bandsaw run?");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(test.Page.Locator(".turn .text")).ToContainTextAsync("on and on");
        ILocator stop = test.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" });
        await stop.FocusAsync();
        await test.Page.Keyboard.PressAsync("Enter");
        await Expect(test.Page.Locator(".turn").GetByText("Stopped.")).ToBeVisibleAsync();
        await Expect(stop).ToBeHiddenAsync();
        await Expect(test.Page.GetByLabel("Your question")).ToBeFocusedAsync();
    }

    private static async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (; ; )
        {
            yield return "on and on ";
            await Task.Delay(20, cancellationToken);
        }
    }
}
