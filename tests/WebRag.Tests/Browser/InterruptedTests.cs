using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WebRag.Chat;
using WebRag.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace WebRag.Tests.Browser;

/// <summary>Answers that were stopped, that failed, or whose page went away: the question stays.</summary>
[Collection(BrowserCollection.Name)]
public class InterruptedTests(BrowserFixture fixture)
{
    private const string Question = "How fast does the blade of the bandsaw run?";

    [BrowserFact]
    public async Task AStoppedAnswerCitesAndStaysStopped()
    {
        await using WebRagServer server = await StartAsync(Endless);
        await using TestPage test = await OpenAsync(server);
        await AskAsync(test);
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        ILocator turn = test.Page.Locator(".turn");
        await Expect(turn.GetByText("Stopped.")).ToBeVisibleAsync();
        await Expect(turn.Locator(".cited-sources li")).ToHaveCountAsync(1);
        await turn.Locator("button.cite").First.ClickAsync();
        await Expect(test.Page.Locator("#source .cited")).ToBeVisibleAsync();

        await test.Page.Keyboard.PressAsync("Escape");
        // What is closed goes back by one in the history, which a reload would break off.
        await Expect(test.Page).Not.ToHaveURLAsync(new Regex("open="));
        await test.Page.ReloadAsync();
        await Expect(turn.GetByText("Stopped.")).ToBeVisibleAsync();
        await Expect(turn.Locator(".cited-sources li")).ToHaveCountAsync(1);

        // Whether it was stopped or the page went, the question can be asked again.
        await turn.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(turn.Locator(".text")).ToContainTextAsync("on and on");
        await Expect(turn).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task ASecondQuestionWaitsForTheFirst()
    {
        await using WebRagServer server = await StartAsync(Endless);
        await using TestPage test = await OpenAsync(server);
        await AskAsync(test);
        await test.Page.GetByLabel("Your question").FillAsync("And in metal?");
        await test.Page.Keyboard.PressAsync("Enter");
        await Expect(test.Page.Locator("#ask-status")).ToContainTextAsync("One answer at a time");
        await Expect(test.Page.GetByLabel("Your question")).ToHaveValueAsync("And in metal?");
        await Expect(test.Page.Locator(".turn")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task StopCountsThoughTheButtonMovesUnderThePointer()
    {
        // What is written stays as it is, so that the button moves when the test moves it.
        await using WebRagServer server = await StartAsync(Waiting);
        await using TestPage test = await OpenAsync(server);
        await AskAsync(test);
        ILocator stop = test.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" });
        await stop.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult pressed = (await stop.BoundingBoxAsync())!;
        await test.Page.Mouse.MoveAsync(pressed.X + (pressed.Width / 2), pressed.Y + (pressed.Height / 2));
        await test.Page.Mouse.DownAsync();
        // As filters do that come meanwhile.
        await test.Page.EvaluateAsync("document.getElementById('ask-form').style.marginTop = '5rem'");
        await test.Page.Mouse.UpAsync();

        await Expect(test.Page.Locator(".turn").GetByText("Stopped.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task StopStaysInSightWhileTheAnswerGrowsAndEscapeStops()
    {
        await using WebRagServer server = await StartAsync(Long);
        await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } }, $"{server.Address}#/ask");
        await AskAsync(test);
        await Expect(test.Page.Locator(".turn .text")).ToContainTextAsync("to the end");

        await Expect(test.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" })).ToBeInViewportAsync();
        await Expect(test.Page.GetByLabel("Your question")).ToBeInViewportAsync();
        await test.Page.Keyboard.PressAsync("Escape");
        await Expect(test.Page.Locator(".turn").GetByText("Stopped.")).ToBeVisibleAsync();
        await Expect(test.Page.GetByLabel("Your question")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task AReloadWhileAnAnswerIsWrittenKeepsTheQuestion()
    {
        int asked = 0;
        await using WebRagServer server = await StartAsync(cancellationToken => asked++ == 0 ? Endless(cancellationToken) : Whole());
        await using TestPage test = await OpenAsync(server);
        await AskAsync(test);
        await test.Page.ReloadAsync();
        ILocator turn = test.Page.Locator(".turn");
        await Expect(turn.GetByRole(AriaRole.Heading, new() { Name = Question })).ToBeVisibleAsync();
        await Expect(turn.GetByRole(AriaRole.Alert)).ToContainTextAsync("was interrupted");
        await Expect(turn.Locator(".text")).ToContainTextAsync("on and on");

        await turn.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(turn.Locator(".text")).ToHaveTextAsync("At 800 m/min [1].");
        await Expect(turn).ToHaveCountAsync(1);
        await test.Page.ReloadAsync();
        await Expect(turn.Locator(".text")).ToHaveTextAsync("At 800 m/min [1].");
        await Expect(turn).ToHaveCountAsync(1);
        await Expect(turn.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task AQuestionThatFailedCanBeTriedAgainAfterAReloadToo()
    {
        int asked = 0;
        await using WebRagServer server = await StartAsync(_ => asked++ == 0 ? Failing() : Whole());
        await using TestPage test = await OpenAsync(server);
        await PageState.AskAsync(test, Question);
        ILocator turn = test.Page.Locator(".turn");
        await Expect(turn.GetByRole(AriaRole.Alert)).ToContainTextAsync("The answer failed");
        await test.Page.ReloadAsync();
        await Expect(turn.GetByRole(AriaRole.Alert)).ToContainTextAsync("The answer failed");
        await turn.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(turn.Locator(".text")).ToHaveTextAsync("At 800 m/min [1].");
        await Expect(turn).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task AQuestionThatNeverCameToTheServerIsKept()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/ask");
        test.IsExpected = trouble => trouble.Contains("ERR_FAILED", StringComparison.Ordinal);
        await test.Page.RouteAsync("**/api/chat", route => route.AbortAsync());
        await PageState.AskAsync(test, Question);
        ILocator turn = test.Page.Locator(".turn");
        await Expect(turn.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The server cannot be reached.");
        await test.Page.ReloadAsync();
        await Expect(turn.GetByRole(AriaRole.Alert)).ToContainTextAsync("was interrupted");
        await test.Page.UnrouteAsync("**/api/chat");
        await turn.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(turn.Locator(".cited-sources li").First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task WhatNothingAnswersIsSaidSoAfterAReload()
    {
        await using TestPage test = await fixture.OpenAsync(path: "/#/ask");
        await PageState.AskAsync(test, "How long do I boil spaghetti so that it stays firm?");
        await test.Page.ReloadAsync();
        await Expect(test.Page.Locator(".turn .notice")).ToHaveTextAsync("Nothing here answers that.");
    }

    private static async Task<WebRagServer> StartAsync(Func<CancellationToken, IAsyncEnumerable<string>> answer) => await (await WebRagServer.StartAsync(
        (WebApplicationBuilder builder) => builder.Services.AddSingleton(new ChatModel(new ScriptedChatClient((_, cancellationToken) => answer(cancellationToken)), IsOffline: false)),
        $"WebRag:Folder={AppContext.BaseDirectory}/corpus/workshop")).ReadyAsync();

    private Task<TestPage> OpenAsync(WebRagServer server) => fixture.OpenAsync(new BrowserNewContextOptions(), $"{server.Address}#/ask");

    /// <summary>Asks, and waits for the first words.</summary>
    private static async Task AskAsync(TestPage test)
    {
        ILocator input = test.Page.GetByLabel("Your question");
        await input.FillAsync(Question);
        await input.PressAsync("Enter");
        await Expect(test.Page.Locator(".turn .text")).ToContainTextAsync("on and on");
    }

    private static async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return "As [1] says, ";
        for (; ; )
        {
            yield return "on and on ";
            await Task.Delay(20, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<string> Long([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return string.Concat(Enumerable.Repeat("As [1] says, on and on ", 200)) + "to the end";
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static async IAsyncEnumerable<string> Waiting([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return "As [1] says, on and on ";
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static async IAsyncEnumerable<string> Whole()
    {
        await Task.Yield();
        yield return "At 800 m/min [1].";
    }

    private static async IAsyncEnumerable<string> Failing()
    {
        await Task.Yield();
        yield return "";
        throw new NotSupportedException("what the test expects");
    }
}
