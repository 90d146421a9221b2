using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using WebRag.Chat;

namespace WebRag.Tests.Http;

/// <summary>Answers of a model: it cites, it is stopped, it fails in the middle.</summary>
public class ModelChatTests
{
    private static readonly object Question = new { question = "How fast does the blade of the bandsaw run in wood?" };

    [Fact]
    public async Task AModelsCitationsBecomeSourcesAndUnknownNumbersGo()
    {
        await using WebRagServer server = await StartAsync((_, _) => Pieces("At 800 m/min ", "[1", "], surely ", "[77]."));
        using Visitor visitor = await server.VisitAsync();
        List<(string Name, JsonElement Data)> events = await visitor.AskAsync(Question);
        Assert.Equal("At 800 m/min [1], surely.", Text(events));
        Assert.Equal([1], events[^1].Data.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task AModelThatFailsInTheMiddleLosesNothing()
    {
        await using WebRagServer server = await StartAsync((_, _) => FailingAfter("At 800 m/min [1]. "));
        using Visitor visitor = await server.VisitAsync();
        List<(string Name, JsonElement Data)> events = await visitor.AskAsync(Question);
        Assert.Equal("end", events[^1].Name);
        Assert.Contains("At 800 m/min", Text(events), StringComparison.Ordinal);
        string error = events[^1].Data.GetProperty("error").GetString()!;
        Assert.Contains("failed", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret of the exception", error, StringComparison.Ordinal);

        JsonElement kept = await visitor.Client.GetFromJsonAsync<JsonElement>($"/api/conversations/{events[0].Data.GetProperty("conversation").GetString()}");
        JsonElement turn = Assert.Single(kept.EnumerateArray());
        Assert.Contains("At 800 m/min", turn.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(("failed", error), (turn.GetProperty("state").GetString(), turn.GetProperty("error").GetString()));
        Assert.Equal(1, Assert.Single(turn.GetProperty("sources").EnumerateArray()).GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task AQuestionThatFailedIsKeptUntilItIsAskedAgain()
    {
        int asked = 0;
        await using WebRagServer server = await StartAsync((_, _) => asked++ == 0 ? FailingAfter("") : Pieces("800 m/min [1]."));
        using Visitor visitor = await server.VisitAsync();
        string conversation = (await visitor.AskAsync(Question))[0].Data.GetProperty("conversation").GetString()!;
        JsonElement failed = await visitor.Client.GetFromJsonAsync<JsonElement>($"/api/conversations/{conversation}");
        Assert.Equal("failed", Assert.Single(failed.EnumerateArray()).GetProperty("state").GetString());

        await visitor.AskAsync(new { question = "How fast does the blade of the bandsaw run in wood?", conversation, isAgain = true });
        JsonElement kept = await visitor.Client.GetFromJsonAsync<JsonElement>($"/api/conversations/{conversation}");
        Assert.Equal(("whole", "800 m/min [1]."), Assert.Single(kept.EnumerateArray()) is var turn ? (turn.GetProperty("state").GetString(), turn.GetProperty("text").GetString()) : default);

        // What has an answer is not replaced.
        await visitor.AskAsync(new { question = "How fast does the blade of the bandsaw run in wood?", conversation, isAgain = true });
        Assert.Equal(2, (await visitor.Client.GetFromJsonAsync<JsonElement>($"/api/conversations/{conversation}")).GetArrayLength());
    }

    [Theory]
    [InlineData(25)]
    [InlineData(100_000)]
    public async Task AnAnswerHasAnEnd(int maxLength)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebRagServer server = await StartAsync((_, cancellationToken) => Endless(ended, cancellationToken, TimeSpan.Zero), $"WebRag:MaxAnswerLength={maxLength}");
        using Visitor visitor = await server.VisitAsync();
        List<(string Name, JsonElement Data)> events = await visitor.AskAsync(Question);
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(maxLength, Text(events).Length);
        Assert.Equal("cut", events[^1].Data.GetProperty("state").GetString());
        Assert.Contains(maxLength == 25 ? "25 characters" : "100,000 characters", events[^1].Data.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnswerThatIsStoppedEndsTheModelAndIsKeptAsFarAsItCame()
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebRagServer server = await StartAsync((_, cancellationToken) => Endless(ended, cancellationToken));
        using Visitor visitor = await server.VisitAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(Question) };
        string conversation = "";
        using (HttpResponseMessage response = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            await foreach ((string name, JsonElement data) in Visitor.EventsAsync(response))
            {
                conversation = name == "start" ? data.GetProperty("conversation").GetString()! : conversation;
                if (name == "text")
                {
                    break;
                }
            }

            // While it is being answered, a further question is refused.
            using HttpResponseMessage other = await visitor.PostAsync("/api/chat", new { question = "And in metal?", conversation });
            Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        }

        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
        JsonElement kept;
        do
        {
            await Task.Yield();
            kept = await visitor.Client.GetFromJsonAsync<JsonElement>($"/api/conversations/{conversation}");
        }
        while (kept[0].GetProperty("state").GetString() == "answering");
        Assert.Equal("stopped", kept[0].GetProperty("state").GetString());
        Assert.StartsWith("As [1] says, on and on", kept[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(kept[0].GetProperty("sources").EnumerateArray()).GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task WhatAnEndpointSaysOfItsFailureIsNotForVisitors()
    {
        await using WebRagServer server = await (await WebRagServer.StartAsync(
            (WebApplicationBuilder builder) => builder.Services.AddSingleton(new ChatModel(new RefusingChatClient(), IsOffline: false)),
            $"WebRag:Folder={AppContext.BaseDirectory}/corpus/workshop")).ReadyAsync();
        using Visitor visitor = await server.VisitAsync();
        List<(string Name, JsonElement Data)> events = await visitor.AskAsync(Question);
        Assert.Equal("The model did not answer, or not to the end. Try again.", events[^1].Data.GetProperty("error").GetString());
        Assert.DoesNotContain(events, step => step.Data.ToString().Contains("sk-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnApplicationThatStopsDoesNotWaitForAnswers()
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WebRagServer server = await StartAsync((_, cancellationToken) =>
        {
            started.TrySetResult();
            return Endless(ended, cancellationToken);
        });
        using Visitor visitor = await server.VisitAsync();
        Task<List<(string Name, JsonElement Data)>> answer = visitor.AskAsync(Question);
        await started.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await server.DisposeAsync();
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("The server stops", (await answer)[^1].Data.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheModelReadsTheSourcesAndTheConversation()
    {
        List<string> prompts = [];
        await using WebRagServer server = await StartAsync((messages, _) =>
        {
            prompts.Add(string.Join("\n", messages.Select(message => message.Text)));
            return Pieces("800 m/min [1].");
        });
        using Visitor visitor = await server.VisitAsync();
        string conversation = (await visitor.AskAsync(Question))[0].Data.GetProperty("conversation").GetString()!;
        await visitor.AskAsync(new { question = "Who may use the bandsaw?", conversation });
        Assert.Contains(prompts, prompt => prompt.Contains("Blade speed, wood", StringComparison.Ordinal));
        Assert.Contains("800 m/min [1].", prompts[^1], StringComparison.Ordinal);
    }

    /// <summary>Says why it fails as the client of an endpoint does.</summary>
    private sealed class RefusingChatClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new ErrorContent("http://10.0.0.1 refused the key sk-secret.") { ErrorCode = "401" }]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private static string Text(List<(string Name, JsonElement Data)> events) =>
        string.Concat(events.Where(step => step.Name == "text").Select(step => step.Data.GetProperty("text").GetString()));

    private static async Task<WebRagServer> StartAsync(Func<IEnumerable<ChatMessage>, CancellationToken, IAsyncEnumerable<string>> answer, params string[] settings) =>
        await (await WebRagServer.StartAsync(
            (WebApplicationBuilder builder) => builder.Services.AddSingleton(new ChatModel(new ScriptedChatClient(answer), IsOffline: false)),
            [$"WebRag:Folder={AppContext.BaseDirectory}/corpus/workshop", .. settings])).ReadyAsync();

    private static async IAsyncEnumerable<string> Pieces(params string[] pieces)
    {
        foreach (string piece in pieces)
        {
            await Task.Yield();
            yield return piece;
        }
    }

    private static async IAsyncEnumerable<string> FailingAfter(string piece)
    {
        yield return piece;
        await Task.Yield();
        throw new NotSupportedException("secret of the exception");
    }

    private static async IAsyncEnumerable<string> Endless(TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken cancellationToken, TimeSpan? pause = null)
    {
        try
        {
            yield return "As [1] says, ";
            for (; ; )
            {
                yield return "on and on ";
                await Task.Delay(pause ?? TimeSpan.FromMilliseconds(20), cancellationToken);
            }
        }
        finally
        {
            ended.TrySetResult();
        }
    }
}
